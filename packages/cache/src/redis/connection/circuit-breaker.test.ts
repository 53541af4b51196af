import { eventually } from '@product-api/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CircuitBreaker, type CircuitBreakerOptions } from './circuit-breaker.js';

type Probe = CircuitBreakerOptions['probe'];

function createBreaker(probe: Probe) {
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

const succeed: Probe = async (beginPreparation) => {
  beginPreparation()();
};

describe('CircuitBreaker', () => {
  test('is open until a probe succeeds', async () => {
    let probes = 0;
    const { breaker, changes } = createBreaker(async (beginPreparation) => {
      probes += 1;
      if (probes < 3) {
        throw new Error('Not yet');
      }
      beginPreparation()();
    });
    expect(breaker.state).toBe('bypassed');
    await eventually(() => breaker.state === 'ready');
    expect(probes).toBe(3);
    expect(changes).toEqual(['ready']);
  });

  test('opens after enough consecutive failures', async () => {
    const { breaker, changes } = createBreaker(succeed);
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

  test('closes again without a request', async () => {
    const { breaker, changes } = createBreaker(succeed);
    await breaker.probe();
    breaker.open(new Error('a pause'));
    await eventually(() => breaker.state === 'ready');
    expect(changes).toEqual(['ready', 'bypassed: a pause', 'ready']);
  });

  test('ignores a probe during which the circuit was opened again', async () => {
    const outcomes: boolean[] = [];
    const { breaker } = createBreaker(async (beginPreparation) => {
      const markReady = beginPreparation();
      if (outcomes.length === 0) {
        breaker.open(new Error('The connection was lost'));
      }
      outcomes.push(markReady());
    });
    await breaker.probe();
    expect(breaker.state).toBe('bypassed');
    await eventually(() => breaker.state === 'ready');
    expect(outcomes).toEqual([false, true]);
  });

  test('runs one probe at a time', async () => {
    let probes = 0;
    const { breaker } = createBreaker(async (beginPreparation) => {
      probes += 1;
      await Promise.all([breaker.probe(), breaker.probe()]);
      beginPreparation()();
    });
    await breaker.probe();
    expect(probes).toBe(1);
  });

  test('stays open without a report after it is stopped', async () => {
    const { breaker, changes } = createBreaker(succeed);
    await breaker.probe();
    breaker.stop();
    await breaker.probe();
    expect(breaker.state).toBe('bypassed');
    expect(changes).toEqual(['ready']);
  });
});
