const CAPABILITIES = '-dac_override,-dac_read_search';

/**
 * A launcher that runs a command with the file permissions of an ordinary user. Root, the usual
 * user in a container, could otherwise write read-only files and read private ones.
 */
export const ordinaryUser: readonly string[] =
  process.getuid?.() === 0
    ? ['setpriv', `--bounding-set=${CAPABILITIES}`, `--inh-caps=${CAPABILITIES}`]
    : [];
