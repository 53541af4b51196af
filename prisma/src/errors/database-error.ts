/** A fault of the database that the operator has to repair. The message says what to do, in full. */
export abstract class DatabaseError extends Error {}
