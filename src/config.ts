/** The door of `src/config/`, under the name that the layout promises. */
export * from './config/index.js';
