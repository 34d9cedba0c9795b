import type { ObjectId } from 'mongodb';

/** The stored document. The view decides which fields may be read. */
export interface User {
  _id: ObjectId;
  username: string;
  email: string;
  joined_at: Date;
  password_hash: string;
  api_key: string;
  internal_role: 'user' | 'admin';
  profile?: { bio?: string; avatar: string; ssn: string };
  addresses: { city: string; street: string; geo: [longitude: number, latitude: number]; access_code: string }[];
  sessions: { token: string; expires_at: Date }[];
}
