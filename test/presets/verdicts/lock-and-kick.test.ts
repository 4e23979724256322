import {checkVerdicts} from './check-verdicts.js';

checkVerdicts('lock and kick');
