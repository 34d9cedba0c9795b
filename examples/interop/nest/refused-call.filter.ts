import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { DatabaseError, RefusedCallError, SafeCollectionError } from 'safe-collection';

/** Answers errors of the library: 400 for a refused call, 503 for the database. No message has a stored value. */
@Catch(SafeCollectionError)
export class RefusedCallFilter implements ExceptionFilter<SafeCollectionError> {
  catch(error: SafeCollectionError, host: ArgumentsHost): void {
    const status = error instanceof RefusedCallError ? 400 : error instanceof DatabaseError ? 503 : 500;
    host.switchToHttp().getResponse<Response>().status(status).json({ error: error.code, path: error.path });
  }
}
