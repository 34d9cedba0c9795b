import { ObjectId } from 'mongodb';

import type { BenchUser } from './bench-user.ts';
import { between, type Random, seededRandom, text } from './random.ts';

const CITIES = ['London', 'Ockham', 'Paris', 'Wien', 'São Paulo', 'Zürich', 'New York', 'Kyoto'];
const START = Date.UTC(2015, 0, 1);
const TEN_YEARS = 10 * 365 * 24 * 3600 * 1000;

/** The name of the user with this number. */
export function usernameOf(number: number): string {
  return `user_${String(number).padStart(7, '0')}`;
}

/** The user with this number: the same in each run. */
export function makeUser(number: number): BenchUser {
  const random = seededRandom(number + 1);
  const username = usernameOf(number);
  return {
    _id: new ObjectId(number.toString(16).padStart(24, '0')),
    username,
    email: `${username}@example.com`,
    joined_at: new Date(START + Math.floor(random() * TEN_YEARS)),
    age: between(random, 18, 90),
    tags: Array.from({ length: between(random, 0, 5) }, () => text(random, 6)),
    password_hash: `$2b$12$${text(random, 53)}`,
    api_key: `sk_live_${text(random, 32)}`,
    internal_role: random() < 0.01 ? 'admin' : 'user',
    profile: {
      bio: text(random, between(random, 20, 120)),
      avatar: `/img/${text(random, 12)}.png`,
      ssn: text(random, 11),
    },
    addresses: Array.from({ length: between(random, 1, 3) }, () => makeAddress(random)),
    sessions: Array.from({ length: between(random, 2, 10) }, () => makeSession(random)),
  };
}

function makeAddress(random: Random): BenchUser['addresses'][number] {
  return {
    city: CITIES[between(random, 0, CITIES.length - 1)] ?? '',
    street: `${between(random, 1, 200)} ${text(random, 12)}`,
    geo: [random() * 360 - 180, random() * 180 - 90],
    access_code: text(random, 6),
  };
}

function makeSession(random: Random): BenchUser['sessions'][number] {
  return { token: text(random, 40), expires_at: new Date(START + TEN_YEARS + Math.floor(random() * TEN_YEARS)) };
}
