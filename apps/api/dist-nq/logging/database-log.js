/** Logs a change of the database's condition, with reason and remedy. */
export function logDatabaseCondition(logger, condition) {
    switch (condition.state) {
        case 'ok':
            logger.info('the database takes changes again');
            break;
        case 'read-only':
            logger.warn({ reason: condition.reason }, 'the database refuses changes');
            break;
        case 'full':
            logger.error({ reason: condition.reason }, 'the database refuses changes');
            break;
        case 'unreachable':
            logger.error({ reason: condition.reason }, 'the database cannot be reached');
            break;
        case 'unusable':
            logger.error({ reason: condition.reason }, 'the database cannot be used');
    }
}
//# sourceMappingURL=database-log.js.map