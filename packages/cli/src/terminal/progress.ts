import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  readonly show: (done: number, total: number, name: string) => void;
  readonly stop: () => void;
}

/** A bar on the terminal's error stream, so that what is printed can be piped. Nothing where nobody looks. */
export function progress(title: string): Progress {
  if (!process.stderr.isTTY) return { show: () => {}, stop: () => {} };
  const bar = new SingleBar(
    {
      format: `${title} {bar} {value}/{total} {name}`,
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
    },
    Presets.shades_classic,
  );
  let isStarted = false;
  return {
    show(done, total, name) {
      if (!isStarted) bar.start(total, done, { name });
      isStarted = true;
      bar.update(done, { name });
    },
    stop() {
      if (isStarted) bar.stop();
    },
  };
}
