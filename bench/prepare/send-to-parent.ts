/** Sends a result to the parent process, and waits until it has arrived. */
export function sendToParent(value: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    if (process.send === undefined) {
      reject(new Error('This module is started by the benchmark'));
      return;
    }
    process.send(value, undefined, {}, (error) => (error === null ? resolve() : reject(error)));
  });
}
