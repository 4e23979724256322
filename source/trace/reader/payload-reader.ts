import {type Payload} from './trace-event.js';

/**
Reads the payload in bytes `start` to `end`, of which alone its answer depends;
undefined for one of another form.
*/
export type PayloadReader = (bytes: Uint8Array, start: number, end: number) => Payload | undefined;
