/** The numbers of the worlds that are compared with the seeded one. With two, few differences are hidden by chance. */
export const OTHER_WORLDS: readonly number[] = [1, 2];
