import { fileURLToPath } from 'node:url';

/** The files of a self-signed certificate for localhost and 127.0.0.1, which nobody trusts. */
export const testCertificate = {
  /** The path of the certificate, which is also that of its issuer. */
  certificate: certificateFile('certificate'),
  key: certificateFile('key'),
} as const;

/** The settings of Redis and of sentinels that serve TLS with this certificate. */
export const tlsSettings: readonly (readonly [setting: string, value: string])[] = [
  ['tls-cert-file', testCertificate.certificate],
  ['tls-key-file', testCertificate.key],
  ['tls-ca-cert-file', testCertificate.certificate],
  ['tls-auth-clients', 'no'],
];

function certificateFile(name: string): string {
  return fileURLToPath(new URL(`../../certificate/${name}.pem`, import.meta.url));
}
