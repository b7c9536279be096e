import { offerThemes } from '../parts/themes.js';
import { workOffline } from '../parts/offline.js';

offerThemes(document);
workOffline();
