import type { Document, ObjectId } from 'mongodb';

import type { Dice } from './generate-pipeline.ts';
import { id } from './world.ts';

const TEXTS = ['tea', 'cup', 'hot', 'Oslo', '', 'u1@example.org', null] as const;
const NUMBERS = [0, 1, 2.5, 4, -3, 1e12, null] as const;

/** Documents of the two collections that have the kinds which the views declare, and may lack any field. */
export function generateDocuments(dice: Dice): Readonly<Record<'users' | 'orders', readonly Document[]>> {
  return {
    users: Array.from({ length: 1 + dice.roll(5) }, (_, n) => userOf(dice, id('user', n))),
    orders: Array.from({ length: 1 + dice.roll(8) }, (_, n) => orderOf(dice, id('order', n))),
  };
}

function userOf(dice: Dice, _id: ObjectId): Document {
  return some(dice, {
    _id,
    username: text(dice),
    email: text(dice),
    age: number(dice),
    joined_at: date(dice),
    password_hash: 'p',
    profile: branch(dice, { bio: text(dice), avatar: text(dice), ssn: 's' }),
    addresses: list(dice, () => some(dice, { city: text(dice), street: 's' })),
  });
}

function orderOf(dice: Dice, _id: ObjectId): Document {
  return some(dice, {
    _id,
    user_id: id('user', dice.roll(5)),
    product: text(dice),
    quantity: number(dice),
    price: number(dice),
    order_date: date(dice),
    note: text(dice),
    tags: list(dice, () => text(dice)),
    ship: branch(dice, { city: text(dice), zip: text(dice), driver: 'd' }),
    items: list(dice, () => some(dice, { sku: text(dice), n: number(dice), cost: 1 })),
    cost_center: 'c',
  });
}

/** The fields without some of them; the `_id` stays. */
function some(dice: Dice, fields: Document): Document {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key === '_id' || dice.roll(5) > 0));
}

function branch(dice: Dice, fields: Document): Document | null {
  return dice.roll(6) === 0 ? null : some(dice, fields);
}

function list<T>(dice: Dice, make: () => T): T[] | null {
  return dice.roll(8) === 0 ? null : Array.from({ length: dice.roll(4) }, make);
}

function text(dice: Dice): string | null {
  return TEXTS[dice.roll(TEXTS.length)] ?? null;
}

function number(dice: Dice): number | null {
  return NUMBERS[dice.roll(NUMBERS.length)] ?? null;
}

function date(dice: Dice): Date {
  return new Date(Date.UTC(2025, dice.roll(12), 1 + dice.roll(28)));
}
