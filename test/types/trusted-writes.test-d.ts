// The program's own fields: exactly the remaining required ones, and no path that the caller may write.
import { ObjectId } from 'mongodb';
import { trusted, type Trusted } from 'safe-collection';

import { a, compiles } from './assert.ts';
import { carts, members, notes } from './write-fixtures.ts';

const body = { username: 'ada', email: 'a@example.org', credits: 1, tags: ['x'], code: 'c', home: { city: 'London' } };
const set = { password_hash: 'h', internal_role: 'user' as const, home: { gate_code: 'g' }, addresses: [] };

compiles(() => members.insertOne({ ...body }, { trusted: trusted({ set }) }));
compiles(() => members.insertOne({ ...body }, { trusted: trusted({ set: { ...set, _id: new ObjectId(), joined_at: new Date() } }) }));
compiles(() => members.insertOne({ ...body }, { trusted: trusted({ set: { ...set, profile: { avatar: 'a', ssn: 's' } } }) }));
compiles(() => members.insertOne({ ...body }, { trusted: trusted({ set: { ...set, ...a<{ profile?: { avatar: string; ssn: string } }>() } }) }));
compiles(() => members.insertMany([{ ...body }, { ...body }], { trusted: trusted({ set: [set, set] }) }));
compiles(() => members.insertMany([{ ...body }], { trusted: trusted({ set }) }));

// Where something is left to set, it is asked for.
// refused at {: `trusted` must set 'addresses'
members.insertOne({ ...body });
// refused at {: `trusted` must set 'addresses'
members.insertMany([{ ...body }]);
// refused at {: `trusted` must set 'addresses'
members.insertOne({ ...body }, {});
// refused at trusted: trusted.set lacks 'password_hash'
members.insertOne({ ...body }, { trusted: trusted({ set: { internal_role: 'user', home: { gate_code: 'g' }, addresses: [] } }) });
// refused at trusted: trusted.set lacks 'addresses'
members.insertOne({ ...body }, { trusted: trusted({ set: { internal_role: 'user', home: { gate_code: 'g' }, password_hash: 'h' } }) });
// refused at trusted: trusted.set lacks 'home.gate_code'
members.insertOne({ ...body }, { trusted: trusted({ set: { ...set, home: {} } }) });
// refused at trusted: trusted.set lacks 'profile.ssn'
members.insertOne({ ...body }, { trusted: trusted({ set: { ...set, ...a<{ profile?: { avatar: string } }>() } }) });
// refused at trusted: trusted.set lacks 'home'
members.insertOne({ ...body }, { trusted: trusted({ set: { internal_role: 'user', password_hash: 'h', addresses: [] } }) });
// refused at trusted: trusted.set lacks 'password_hash'
members.insertMany([{ ...body }], { trusted: trusted({ set: [{ internal_role: 'user', home: { gate_code: 'g' }, addresses: [] }] }) });
// refused at trusted: 'update' is not used by this method
members.insertOne({ ...body }, { trusted: trusted({ update: { $set: { password_hash: 'h' } } }) });

// If no field is left, `trusted` is not required and can set nothing.
// refused: 'text' is in the input and in `trusted`: set it in only one of them
notes.insertOne({ text: 't' }, { trusted: trusted({ set: { text: 'u' } }) });
// refused at trusted: 'rev' does not belong in trusted.set
notes.insertOne({ text: 't' }, { trusted: trusted({ set: { rev: 5 } }) });
// refused at trusted: 'made_at' does not belong in trusted.set
notes.insertOne({ text: 't' }, { trusted: trusted({ set: { made_at: new Date() } }) });
// refused at trusted: 'pinned' does not belong in trusted.set
notes.insertOne({ text: 't' }, { trusted: trusted({ set: { pinned: true } }) });
compiles(() => notes.insertOne({ text: 't' }, { trusted: trusted({ set: { _id: new ObjectId() } }) }));

// A path that the caller may write must not be in trusted.set.
// refused at { ...body }: 'username' is in the input and in `trusted`
members.insertOne({ ...body }, { trusted: trusted({ set: { ...set, username: 'eve' } }) });
// refused at { ...body }: 'home.city' is in the input and in `trusted`
members.insertOne({ ...body }, { trusted: trusted({ set: { ...set, home: { city: 'x', gate_code: 'g' } } }) });
// refused at trusted: 'nothing' does not belong in trusted.set
members.insertOne({ ...body }, { trusted: trusted({ set: { ...set, nothing: 1 } }) });
// refused at trusted: 'internal_role' in trusted.set is of another type
members.insertOne({ ...body }, { trusted: trusted({ set: { ...set, internal_role: 'root' } }) });
// refused at trusted: 'password_hash' is any in trusted.set
members.insertOne({ ...body }, { trusted: trusted({ set: { ...set, password_hash: a<any>() } }) });
// refused at trusted: 'addresses' in trusted.set is of another type
members.insertOne({ ...body }, { trusted: trusted({ set: { ...set, addresses: [{ city: 'x' }] } }) });
// refused at addresses: 'addresses' is in the input and in `trusted`
members.insertOne({ ...body, addresses: [] }, { trusted: trusted({ set }) });
// refused at email: 'email' is in the input and in `trusted`
members.updateOne({ username: 'ada' }, { $set: { email: 'e' } }, { trusted: trusted({ update: { $set: { email: 'f' } } }) });
// refused at email: 'email' is in the input and in `trusted`
members.updateMany({ username: 'ada' }, { $unset: { age: 1 }, $set: { email: 'e' } }, { trusted: trusted({ update: { $set: { email: 'f' } } }) });

// refused at notes.$[].text: 'notes.$[].text' is in the input and in `trusted`
members.updateOne({ username: 'ada' }, { $set: { 'notes.$[].text': 't' } }, { trusted: trusted({ update: { $set: { notes: [] } } }) });
// refused at age: 'age' is in the input and in `trusted`
members.findOneAndUpdate({ username: 'ada' }, { $inc: { age: 1 } }, { projection: ['email'], trusted: trusted({ update: { $set: { age: 3 } } }) });

// An array of subdocuments that a caller may write whole is the caller's.
compiles(() => carts.insertOne({ lines: [{ product: 'lamp', quantity: 1 }] }));
// refused at {}: 'lines' is missing
carts.insertOne({});
// refused at quantity: 'lines.quantity' takes a value of another type
carts.insertOne({ lines: [{ product: 'lamp', quantity: 'x' }] });
// refused at { product: 'quantity' is missing
carts.insertOne({ lines: [{ product: 'lamp' }] });

// Values that can't be forged.
// refused at trusted: options.trusted must be made by trusted()
members.insertOne({ ...body }, { trusted: { set } });
// refused at trusted: 'never'
members.insertOne({ ...body }, { trusted: a<any>() });
// refused at trusted: options.trusted must be made by trusted()
members.updateOne({ username: 'ada' }, { $set: { age: 1 } }, { trusted: { update: { $set: { internal_role: 'admin' } } } });
// refused at trusted: is not assignable
members.updateOne({ username: 'ada' }, { $set: { age: 1 } }, { trusted: a<unknown>() });
// In updates: any path of the document, by the operators of the grammar.
compiles(() => members.updateOne({ username: 'ada' }, { $set: { age: 1 } }, { trusted: trusted({ update: { $set: { internal_role: 'admin', 'profile.ssn': 's' } } }) }));
compiles(() => members.updateOne({ username: 'ada' }, {}, { trusted: trusted({ update: { $push: { addresses: { city: 'c', access_code: 'x' } } } }) }));
compiles(() => members.updateOne({ username: 'ada' }, {}, { trusted: trusted({ update: { $set: { 'addresses.$[a].access_code': 'x' } }, arrayFilters: [{ 'a.access_code': 'y' }] }) }));
compiles(() => members.deleteMany({ username: 'ada' }, { trusted: trusted({ filter: { internal_role: 'user' } }) }));
// refused at trusted: 'nothing' is not a path of this document
members.updateOne({ username: 'ada' }, { $set: { age: 1 } }, { trusted: trusted({ update: { $set: { nothing: 1 } } }) });
// refused at trusted: 'internal_role' in trusted.update is of another type
members.updateOne({ username: 'ada' }, { $set: { age: 1 } }, { trusted: trusted({ update: { $set: { internal_role: 'root' } } }) });
// refused at trusted: '$rename' is not a supported update operator
members.updateOne({ username: 'ada' }, { $set: { age: 1 } }, { trusted: trusted({ update: { $rename: { password_hash: 'username' } } }) });
// refused at trusted: 'internal_role' is any in trusted.update
members.updateOne({ username: 'ada' }, { $set: { age: 1 } }, { trusted: trusted({ update: { $set: { internal_role: a<any>() } } }) });
// refused at trusted: 'set' is not used by this method
members.updateOne({ username: 'ada' }, { $set: { age: 1 } }, { trusted: trusted({ set: { password_hash: 'h' } }) });
// refused at trusted: 'update' is not used by this method
members.deleteOne({ username: 'ada' }, { trusted: trusted({ update: { $set: { internal_role: 'admin' } } }) });
// refused at trusted: 'nothing' is not a path of this document
members.deleteMany({ username: 'ada' }, { trusted: trusted({ filter: { nothing: 1 } }) });
// refused at set: does not exist in type 'Trusted
const rest: Trusted<{ set: object }> = { set };
