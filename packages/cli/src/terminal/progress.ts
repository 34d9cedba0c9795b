import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  readonly show: (done: number, total: number, name: string) => void;
  readonly stop: () => void;
}

/** A progress bar on stderr, so that stdout can be piped. It prints nothing if stderr is not a terminal. */
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
