/** Three paths, as for a list or a byline. */
export const NARROW = { username: 1, email: 1, joined_at: 1 } as const;

/** Eight paths, including arrays and a subdocument. */
export const WIDE = {
  username: 1,
  email: 1,
  joined_at: 1,
  age: 1,
  tags: 1,
  'profile.bio': 1,
  'profile.avatar': 1,
  'addresses.city': 1,
} as const;

/** The same for the driver, which adds `_id` unless it is excluded. */
export const RAW_NARROW = { ...NARROW, _id: 0 } as const;
export const RAW_WIDE = { ...WIDE, _id: 0 } as const;
