import {serve} from './serve.js';
import {tasks} from './tasks.js';

// A thread of the pool: an entry of the bundle.
serve(tasks);
