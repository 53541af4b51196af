const WAIT_FOR_FAILOVER = 'wait: the sentinels promote a replica; if this lasts, ask them why not (SENTINEL CKQUORUM), and check that this machine reaches the address that they name (SENTINEL GET-MASTER-ADDR-BY-NAME)';
/** The remedies that differ where sentinels name the server, and not REDIS_URL. */
export const sentinelRemedies = {
    'connection-refused': WAIT_FOR_FAILOVER,
    'connect-timeout': WAIT_FOR_FAILOVER,
    'no-route': WAIT_FOR_FAILOVER,
    'host-not-found': WAIT_FOR_FAILOVER,
    'command-timeout': `${WAIT_FOR_FAILOVER}; if Redis is only slow, raise REDIS_TIMEOUT_MS`,
    replica: 'wait: the sentinels name the new primary within some seconds',
    'replica-without-primary': WAIT_FOR_FAILOVER,
    'not-redis': 'correct the address in the configuration of the sentinels (`sentinel monitor`)',
    'certificate-of-other-host': 'issue a certificate for the address that the sentinels name, or let them name host names (`sentinel resolve-hostnames yes` and `sentinel announce-hostnames yes`)',
};
//# sourceMappingURL=sentinel-remedies.js.map