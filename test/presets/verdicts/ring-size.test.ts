import {checkVerdicts} from './check-verdicts.js';

checkVerdicts('ring size', 'transfers');
