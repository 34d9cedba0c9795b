/** How a page is looked at. */
export interface Look {
  readonly theme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
  /** Whether every page is looked at in it. */
  readonly isUsual: boolean;
}

export const LOOKS: readonly Look[] = [
  { theme: 'light', width: 1440, height: 900, isUsual: true },
  { theme: 'dark', width: 1440, height: 900, isUsual: false },
  { theme: 'light', width: 390, height: 844, isUsual: false },
  { theme: 'dark', width: 390, height: 844, isUsual: true },
];
