import {register} from 'tsx/esm/api';

// A thread does not inherit the loader of its parent.
register();
const {serve} = await import('../source/work/serve.js');
const {scriptTasks} = await import('./tasks.js');
serve(scriptTasks);
