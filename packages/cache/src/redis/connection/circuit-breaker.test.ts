import { eventually } from '@product-api/testing';
import { describe, expect, onTestFinished, it as test } from 'vitest';
import { CircuitBreaker, type CircuitBreakerOptions } from './circuit-breaker.js';

type Probe = CircuitBreakerOptions['probe'];

function makeBreaker(probe: Probe) {
  const changes: string[] = [];
  const breaker = new CircuitBreaker({
    failureThreshold: 3,
    probePause: { minMs: 5, maxMs: 20 },
    probe,
    onChange: (state, cause) =>
      changes.push(cause instanceof Error ? `${state}: ${cause.message}` : state),
  });
  onTestFinished(() => breaker.stop());
  return { breaker, changes };
}

const succeed: Probe = async (watch) => {
  watch()();
};

describe('CircuitBreaker', () => {
  test('is open until a probe has succeeded', async () => {
    let probes = 0;
    const { breaker, changes } = makeBreaker(async (watch) => {
      probes += 1;
      if (probes < 3) {
        throw new Error('Not yet');
      }
      watch()();
    });
    expect(breaker.state).toBe('bypassed');
    await eventually(() => breaker.state === 'ready');
    expect(probes).toBe(3);
    expect(changes).toEqual(['ready']);
  });

  test('opens after enough failures in a row', async () => {
    const { breaker, changes } = makeBreaker(succeed);
    await breaker.probe();
    for (const outcome of ['failed', 'failed', 'succeeded', 'failed', 'failed'] as const) {
      breaker[outcome](new Error('hung'));
    }
    expect(breaker.state).toBe('ready');
    breaker.failed(new Error('gone'));
    breaker.failed(new Error('still gone'));
    expect(breaker.state).toBe('bypassed');
    expect(changes).toEqual(['ready', 'bypassed: gone']);
  });

  test('closes again by itself', async () => {
    const { breaker, changes } = makeBreaker(succeed);
    await breaker.probe();
    breaker.open(new Error('a pause'));
    await eventually(() => breaker.state === 'ready');
    expect(changes).toEqual(['ready', 'bypassed: a pause', 'ready']);
  });

  test('disregards a probe during which the circuit was opened again', async () => {
    const answers: boolean[] = [];
    const { breaker } = makeBreaker(async (watch) => {
      const markReady = watch();
      if (answers.length === 0) {
        breaker.open(new Error('The connection was lost'));
      }
      answers.push(markReady());
    });
    await breaker.probe();
    expect(breaker.state).toBe('bypassed');
    await eventually(() => breaker.state === 'ready');
    expect(answers).toEqual([false, true]);
  });

  test('runs one probe at a time', async () => {
    let probes = 0;
    const { breaker } = makeBreaker(async (watch) => {
      probes += 1;
      await Promise.all([breaker.probe(), breaker.probe()]);
      watch()();
    });
    await breaker.probe();
    expect(probes).toBe(1);
  });

  test('stays open without a report once it was stopped', async () => {
    const { breaker, changes } = makeBreaker(succeed);
    await breaker.probe();
    breaker.stop();
    await breaker.probe();
    expect(breaker.state).toBe('bypassed');
    expect(changes).toEqual(['ready']);
  });
});
