/** Hands a result to the process that started this one, and waits until it has it. */
export function sendToParent(value: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    if (process.send === undefined) {
      reject(new Error('This module is started by the benchmark'));
      return;
    }
    process.send(value, undefined, {}, (error) => (error === null ? resolve() : reject(error)));
  });
}
