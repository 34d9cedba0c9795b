import { getModelForClass, modelOptions, mongoose, prop } from '@typegoose/typegoose';
import type { Model } from 'mongoose';

import type { Contender, Place } from '../contenders/contender.ts';
import { LANES } from '../contenders/lanes.ts';
import type { BenchUser } from '../data/bench-user.ts';
import { hydratedCalls } from './open-mongoose.ts';

class Profile {
  declare bio: string;
  declare avatar: string;
  declare ssn: string;
}

class Address {
  declare city: string;
  declare street: string;
  declare geo: number[];
  declare access_code: string;
}

class Session {
  declare token: string;
  declare expires_at: Date;
}

class User {
  declare username: string;
  declare email: string;
  declare joined_at: Date;
  declare age: number;
  declare tags: string[];
  declare password_hash: string;
  declare api_key: string;
  declare internal_role: string;
  declare profile: Profile;
  declare addresses: Address[];
  declare sessions: Session[];
}

// Decorators are called as functions, so that the compiler need not support them only for the benchmark.
const withoutId = modelOptions({ schemaOptions: { _id: false } });
for (const part of [Profile, Address, Session]) withoutId(part);
declareProps(Profile, { bio: String, avatar: String, ssn: String });
declareProps(Address, { city: String, street: String, geo: [Number], access_code: String });
declareProps(Session, { token: String, expires_at: Date });
declareProps(User, {
  username: String,
  email: String,
  joined_at: Date,
  age: Number,
  tags: [String],
  password_hash: String,
  api_key: String,
  internal_role: String,
  profile: Profile,
  addresses: [Address],
  sessions: [Session],
});

/** typegoose, which makes mongoose models from classes. */
export async function openTypegoose(place: Place): Promise<readonly Contender[]> {
  const connection = await mongoose
    .createConnection(place.uri, { dbName: place.database, autoIndex: false, autoCreate: false })
    .asPromise();
  const modelOf = (collection: string): Model<BenchUser> =>
    getModelForClass(User, {
      existingConnection: connection,
      schemaOptions: { collection, versionKey: false },
      options: { customName: collection },
    }) as unknown as Model<BenchUser>;
  return [
    {
      name: LANES.typegoose,
      calls: hydratedCalls(modelOf('users'), modelOf(place.scratch)),
      close: () => connection.close(),
    },
  ];
}

function declareProps(target: abstract new () => object, properties: Readonly<Record<string, unknown>>): void {
  for (const [name, kind] of Object.entries(properties)) {
    prop({ type: () => kind as abstract new () => unknown })(target.prototype as object, name);
  }
}
