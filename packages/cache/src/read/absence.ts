import type { KnownAbsence } from './cache-read.js';

/** What is stored where the load found nothing; reads well in redis-cli and is no value of a codec. */
export const absenceText = 'null';

/** The answer to a read that found `absenceText`. */
export const knownAbsence: KnownAbsence = Object.freeze({ source: 'hit', value: undefined });
