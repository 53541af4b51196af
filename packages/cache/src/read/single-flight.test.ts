import { describe, expect, it as test } from 'vitest';
import { type Landing, SingleFlight } from './single-flight.js';

/** Flights that land when the test says so. */
function controlledFlights() {
  const land: ((landing: Landing<string>) => void)[] = [];
  const fly = () => new Promise<Landing<string>>((resolve) => land.push(resolve));
  return { land, fly };
}

describe('SingleFlight', () => {
  test('shares a current result with those who came later', async () => {
    const flights = new SingleFlight<string>();
    const { land, fly } = controlledFlights();
    const results = Promise.all([flights.run('k', fly), flights.run('k', fly)]);
    land[0]?.({ result: 'first', current: true });
    expect(await results).toEqual(['first', 'first']);
    expect(land).toHaveLength(1);
  });

  test('gives those who came later the next flight if the result may be outdated', async () => {
    const flights = new SingleFlight<string>();
    const { land, fly } = controlledFlights();
    const first = flights.run('k', fly);
    const later = Promise.all([flights.run('k', fly), flights.run('k', fly)]);
    land[0]?.({ result: 'first', current: false });
    expect(await first).toBe('first');
    land[1]?.({ result: 'second', current: false });
    expect(await later).toEqual(['second', 'second']);
    expect(land).toHaveLength(2);
  });

  test('takes nobody aboard once the doors are closed or the flight is detached', async () => {
    const flights = new SingleFlight<string>();
    const { land, fly } = controlledFlights();
    const first = flights.run('k', (closeDoors) => {
      closeDoors();
      return fly();
    });
    const second = flights.run('k', fly);
    flights.detach('k');
    const third = flights.run('k', fly);
    for (const [index, name] of ['first', 'second', 'third'].entries()) {
      land[index]?.({ result: name, current: true });
    }
    expect(await Promise.all([first, second, third])).toEqual(['first', 'second', 'third']);
  });

  test('gives an error to all who share the flight, and flies again afterwards', async () => {
    const flights = new SingleFlight<string>();
    const fail = () => Promise.reject<Landing<string>>(new Error('engine'));
    const both = await Promise.allSettled([flights.run('k', fail), flights.run('k', fail)]);
    expect(both.map((one) => one.status)).toEqual(['rejected', 'rejected']);
    const result = { result: 'again', current: true };
    expect(await flights.run('k', async () => result)).toBe('again');
  });
});
