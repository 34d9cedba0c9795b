import type { CountingProxy } from './counting-proxy.ts';
import type { Work } from './work.ts';

/** Bytes that one call of a lane gets from the server and sends to it. */
export interface Traffic {
  readonly lane: string;
  readonly received: number;
  readonly sent: number;
}

const CALLS = 10;

/** Counts the bytes between each lane and the server. */
export async function measureTraffic({ lanes }: Work, proxy: CountingProxy): Promise<readonly Traffic[]> {
  const result: Traffic[] = [];
  for (const lane of lanes) {
    await lane.run();
    const [received, sent] = [proxy.received(), proxy.sent()];
    for (let call = 0; call < CALLS; call += 1) await lane.run();
    result.push({
      lane: lane.name,
      received: (proxy.received() - received) / CALLS,
      sent: (proxy.sent() - sent) / CALLS,
    });
  }
  return result;
}
