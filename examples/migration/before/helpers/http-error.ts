/** An error response of a route. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const notFound = (what: string): HttpError => new HttpError(404, `${what} not found`);
