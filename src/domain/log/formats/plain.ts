import type { LogFormat } from '../model.js';
import { headerOf } from './define.js';

/** Lines without any header. */
export const plain: LogFormat = { name: 'plain', loose: true, level: () => -1, header: () => headerOf({}) };
