import {checkVerdicts} from './check-verdicts.js';

checkVerdicts('notification', 'interrupts');
