import type { Scenario } from './scenario.js';
import { deleteInCrash, deleteInHang } from './scenarios/delete-in-outage.js';
import { readInHang } from './scenarios/read-in-hang.js';
import { slowReaderInOneInstance, slowReaderInTwoInstances } from './scenarios/slow-reader.js';
import { twoDatabases } from './scenarios/two-databases.js';

/** All scenarios, in the order of the table's columns. */
export const scenarios: readonly Scenario[] = [
  slowReaderInOneInstance,
  slowReaderInTwoInstances,
  deleteInCrash,
  deleteInHang,
  readInHang,
  twoDatabases,
];
