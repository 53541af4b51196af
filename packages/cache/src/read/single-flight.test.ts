import { describe, expect, test } from 'vitest';
import { type FlightResult, SingleFlight } from './single-flight.js';

/** Creates flights that end when the test resolves them. */
function controlledFlights() {
  const resolvers: ((result: FlightResult<string>) => void)[] = [];
  const flight = () => new Promise<FlightResult<string>>((resolve) => resolvers.push(resolve));
  return { resolvers, flight };
}

describe('SingleFlight', () => {
  test('shares a current result with callers that came after its start', async () => {
    const flights = new SingleFlight<string>();
    const { resolvers, flight } = controlledFlights();
    const results = Promise.all([flights.run('k', flight), flights.run('k', flight)]);
    resolvers[0]?.({ result: 'first', current: true });
    expect(await results).toEqual(['first', 'first']);
    expect(resolvers).toHaveLength(1);
  });

  test('gives later callers the next flight if the result may be outdated', async () => {
    const flights = new SingleFlight<string>();
    const { resolvers, flight } = controlledFlights();
    const first = flights.run('k', flight);
    const later = Promise.all([flights.run('k', flight), flights.run('k', flight)]);
    resolvers[0]?.({ result: 'first', current: false });
    expect(await first).toBe('first');
    resolvers[1]?.({ result: 'second', current: false });
    expect(await later).toEqual(['second', 'second']);
    expect(resolvers).toHaveLength(2);
  });

  test('does not share a flight that is sealed or detached', async () => {
    const flights = new SingleFlight<string>();
    const { resolvers, flight } = controlledFlights();
    const first = flights.run('k', (seal) => {
      seal();
      return flight();
    });
    const second = flights.run('k', flight);
    flights.detach('k');
    const third = flights.run('k', flight);
    for (const [index, name] of ['first', 'second', 'third'].entries()) {
      resolvers[index]?.({ result: name, current: true });
    }
    expect(await Promise.all([first, second, third])).toEqual(['first', 'second', 'third']);
  });

  test('rejects for every caller that shares a failed flight, and then starts a new one', async () => {
    const flights = new SingleFlight<string>();
    const fail = () => Promise.reject<FlightResult<string>>(new Error('The load failed'));
    const both = await Promise.allSettled([flights.run('k', fail), flights.run('k', fail)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const result = { result: 'again', current: true };
    expect(await flights.run('k', async () => result)).toBe('again');
  });
});
