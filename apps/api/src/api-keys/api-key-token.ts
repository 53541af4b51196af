import { hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ID_LENGTH = 12;

/** 256 bits. */
const SECRET_BYTES = 32;

const ID_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** `pk_`, the id, 43 characters of the secret, and 8 of the checksum. */
const TOKEN = /^pk_[0-9A-Za-z]{12}_[\w-]{43}[0-9a-f]{8}$/;

const CHECKSUM_LENGTH = 8;

/** A new key: the text that its holder sends, and its id. */
export interface NewToken {
  readonly id: string;
  readonly token: string;
}

/**
 * Makes a key of 256 random bits. It ends with a CRC-32 of the rest, so that a mistyped or
 * shortened key, and a text that only looks like a key, are recognized without the list of keys.
 */
export function newToken(): NewToken {
  const id = Array.from({ length: ID_LENGTH }, randomIdCharacter).join('');
  const text = `pk_${id}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { id, token: text + checksumOf(text) };
}

/** Returns whether a text can be a key: its form and its checksum are right. */
export function isToken(text: string): boolean {
  return (
    TOKEN.test(text) && text.slice(-CHECKSUM_LENGTH) === checksumOf(text.slice(0, -CHECKSUM_LENGTH))
  );
}

/** Returns the id in a key; of any other text, some text. */
export function idIn(token: string): string {
  return token.slice('pk_'.length, 'pk_'.length + ID_LENGTH);
}

/** Returns the SHA-256 of a key in base64url: all that is stored of it. */
export function hashOf(token: string): string {
  return hash('sha256', token, 'base64url');
}

/** Compares two hashes in a time that does not depend on where they differ. */
export function areSameHash(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one, 'latin1'), Buffer.from(other, 'latin1'));
}

function randomIdCharacter(): string {
  return ID_CHARACTERS.charAt(randomInt(ID_CHARACTERS.length));
}

function checksumOf(text: string): string {
  return crc32(text).toString(16).padStart(CHECKSUM_LENGTH, '0');
}
