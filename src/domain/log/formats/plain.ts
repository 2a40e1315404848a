import { type LogFormat } from '../model.js';

/** Lines without any header. */
export const plain: LogFormat = {
  name: 'plain',
  loose: true,
  level: () => -1,
  header: () => ({
    at: null,
    level: null,
    logger: null,
    stream: null,
    status: null,
    messageAt: 0,
    message: null,
    stack: null,
  }),
};
