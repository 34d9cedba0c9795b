import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const LENGTH = 32;

/** `scrypt$salt$key`, both in Base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, LENGTH);
  return ['scrypt', salt.toString('base64'), key.toString('base64')].join('$');
}

/** Whether a password matches the hash. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [name, salt = '', stored = ''] = hash.split('$');
  const expected = Buffer.from(stored, 'base64');
  if (name !== 'scrypt' || expected.length !== LENGTH) return false;
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64'), LENGTH), expected);
}
