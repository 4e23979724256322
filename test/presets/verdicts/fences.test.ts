import {checkVerdicts} from './check-verdicts.js';

checkVerdicts('fences', 'cursor');
