import { DomainError } from '../errors.js';
/** A request about stock that was refused, and has changed nothing. */
export class StockRefusedError extends DomainError {
    name = 'StockRefusedError';
    kind;
    extensions;
    constructor({ kind, detail, extensions }) {
        super(detail);
        this.kind = kind;
        this.extensions = extensions;
    }
}
/** The text is not a cursor of a ledger. */
export class InvalidLedgerCursorError extends DomainError {
    name = 'InvalidLedgerCursorError';
    kind = 'validation-error';
    errors = [
        { field: 'cursor', message: 'Input should be the next_cursor of a page of the ledger' },
    ];
    constructor() {
        super('Validation error');
    }
}
//# sourceMappingURL=stock-errors.js.map