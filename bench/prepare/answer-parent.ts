/** Answers the questions of `startChild`, until the parent stops this process. */
export function answerParent(answer: (question: unknown) => unknown): void {
  process.on('message', (question) => void send(answer, question));
  process.on('disconnect', () => process.exit());
  process.send?.('ready');
}

async function send(answer: (question: unknown) => unknown, question: unknown): Promise<void> {
  try {
    process.send?.({ value: await answer(question) });
  } catch (error) {
    process.send?.({ error: String(error) });
  }
}
