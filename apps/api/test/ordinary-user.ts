const powers = '-dac_override,-dac_read_search';

/**
 * A launcher that takes from root, the usual user of a container, the powers to write what is
 * read-only and to read what is private; other users do not have them.
 */
export const ordinaryUser: readonly string[] =
  process.getuid?.() === 0 ? ['setpriv', `--bounding-set=${powers}`, `--inh-caps=${powers}`] : [];
