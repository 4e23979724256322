import {checkVerdicts} from './check-verdicts.js';

checkVerdicts('machine', 'main loop');
