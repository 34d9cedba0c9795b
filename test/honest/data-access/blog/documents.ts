import type { ObjectId } from 'mongodb';
import { defineView, subtree } from 'safe-collection';

export interface Author {
  _id: ObjectId;
  handle: string;
  email: string;
  role: 'reader' | 'writer' | 'editor';
  bio?: string;
  followers: ObjectId[];
  settings: Record<string, string>;
  banned_at: Date | null;
  last_seen?: Date;
  password_hash: string;
  reset_token?: string;
}

export type Block = { kind: 'text'; text: string } | { kind: 'image'; url: string; alt?: string };

export interface Post {
  _id: ObjectId;
  slug: string;
  title: string;
  author: ObjectId;
  state: 'draft' | 'published' | 'archived';
  tags: string[];
  blocks: Block[];
  comments: { _id: ObjectId; by: string; text: string; at: Date }[];
  reactions: Record<string, number>;
  views: number;
  published_at?: Date;
  updated_at: Date;
  editor_note?: string;
}

export const authorView = defineView<Author>()({
  name: 'authors',
  public: { handle: 1, role: 1, bio: 1, followers: 1, last_seen: 1, settings: subtree },
  writable: { handle: 1, email: 1, bio: 1, followers: 1, settings: 1 },
  arrays: { followers: 1 },
});

const postLeaves = {
  slug: 1,
  title: 1,
  state: 1,
  tags: 1,
  views: 1,
  reactions: subtree,
  'blocks.kind': 1,
  'blocks.text': 1,
  'blocks.url': 1,
  'blocks.alt': 1,
  'comments._id': 1,
  'comments.by': 1,
  'comments.text': 1,
  'comments.at': 1,
} as const;

export const postView = defineView<Post>()({
  name: 'posts',
  public: { _id: 1, author: 1, published_at: 1, ...postLeaves },
  writable: postLeaves,
  arrays: { tags: 1, blocks: 1, comments: 1 },
  whole: { comments: 1, blocks: 1 },
  timestamps: { updatedAt: 'updated_at' },
});
