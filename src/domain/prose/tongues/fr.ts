/** French. */
import { headOf, requestIn, set, verbsOf, type Grammar } from './grammar.js';
import { firstWords, lowered, plainly, start, word } from './text.js';
import type { Tongue } from './tongue.js';

const verbs = verbsOf(
  `ajouter corriger supprimer renommer modifier changer remplacer déplacer créer nettoyer tester vérifier documenter migrer désactiver
  activer configurer installer déployer publier générer régénérer implémenter coder écouter traiter gérer réparer régler résoudre
  enlever retirer virer bouger passer appliquer afficher masquer cacher montrer expliquer lister regarder analyser comparer chercher
  trouver relancer lancer redémarrer arrêter exécuter fusionner committer commiter pousser pusher mocker refactoriser refactorer
  simplifier optimiser accélérer améliorer factoriser découper séparer extraire=extrais,extrayez/extrait,extraite,extraits,extraites
  réécrire=réécris,réécrivez/réécrit,réécrite écrire=écris,écrivez/écrit,écrite,écrits,écrites traduire=traduis,traduisez/traduit,traduite,traduits,traduites
  mettre=mets,mettez,met/mis,mise,mises faire=fais,faites/fait,faite,faits,faites refaire=refais,refaites/refait,refaite revoir=revois,revoyez/revu,revue
  rendre=rends,rendez/rendu,rendue remettre=remets,remettez/remis,remise définir=définis,définissez/défini,définie convertir=convertis,convertissez/converti,convertie
  réduire=réduis,réduisez/réduit,réduite agrandir=agrandis,agrandissez/agrandi,agrandie élargir=élargis,élargissez/élargi,élargie rétablir=rétablis,rétablissez/rétabli,rétablie
  finir=finis,finissez/fini,finie inclure=inclus,incluez/inclus,incluse exclure=exclus,excluez/exclu,exclue prendre=prends,prenez/pris,prise
  reprendre=reprends,reprenez/repris,reprise répondre=réponds,répondez/répondu permettre=permets,permettez/permis ouvrir=ouvre,ouvrez/ouvert,ouverte
  fournir=fournis,fournissez/fourni prévoir=prévois,prévoyez/prévu,prévue envoyer=envoie,envoyez/envoyé,envoyée
  vider paramétrer paginer limiter augmenter diminuer baisser monter lever bloquer débloquer autoriser interdire=interdis,interdisez/interdit
  utiliser stocker sauvegarder enregistrer charger télécharger importer exporter valider formater trier filtrer regrouper grouper aligner centrer
  colorer garder conserver laisser donner demander proposer préparer rédiger compléter terminer continuer commencer brancher connecter relier
  annuler restaurer revenir=reviens,revenez/revenu journaliser logger tracer mesurer surveiller alerter notifier avertir=avertis,avertissez/averti
  prévenir=préviens,prévenez/prévenu contacter chiffrer crypter sécuriser protéger révoquer renouveler=renouvelle,renouvelez/renouvelé,renouvelée
  appeler=appelle,appelez/appelé rappeler=rappelle,rappelez/rappelé verrouiller épingler monter couvrir=couvre,couvrez/couvert,couverte
  câbler intégrer adapter ajuster détecter ignorer sauter éviter empêcher forcer remonter descendre=descends,descendez/descendu
  basculer tourner archiver purger mutualiser dédupliquer normaliser indexer étendre=étends,étendez/étendu reconstruire=reconstruis,reconstruisez/reconstruit construire=construis,construisez/construit
  produire=produis,produisez/produit introduire=introduis,introduisez/introduit résumer décrire=décris,décrivez/décrit lire=lis,lisez/lu relire=relis,relisez/relu`,
  (infinitive) => {
    const stem = infinitive.replace(/er$/, '');
    return stem === infinitive
      ? { orders: [], participles: [] }
      : {
          orders: [`${stem}e`, `${stem}ez`, `${stem}es`, `${stem.replace(/g$/, 'ge').replace(/c$/, 'ç')}ons`],
          participles: [`${stem}é`, `${stem}ée`, `${stem}és`, `${stem}ées`],
        };
  },
);

const join = (verb: string, object: string): string => `${verb} ${lowered(object)}`.trim();

const grammar: Grammar = {
  manners: start(
    `(?:ok|oui|non|super|parfait|merci|bon|bien|salut|bonjour|coucou|hello|hey|alors|donc|et|puis|ensuite|enfin|aussi|sinon|d'abord|maintenant|au fait|du coup|par contre|en plus|de plus|mais|svp|stp|s'il te plait|s'il vous plait|apres|egalement|ah|euh|tiens|dis|claude|parfois|en passant|tant que tu y es|tant qu'on y est|pendant que tu y es|une derniere chose|autre chose|il faudrait aussi que tu penses a|pense aussi a|pense a|pensez a|n'oublie pas (?:aussi )?(?:de|d')|n'oubliez pas (?:de|d')|veuillez|merci de|merci d'|essaie de|essaye de|commence par|occupe-toi de)`,
  ),
  polite: word(
    `s'il te plait|s'il vous plait|stp|svp|merci(?: d'avance)?|please|un peu|aussi|egalement|quand meme|vite fait|-moi|moi`,
    'gu',
  ),
  frames:
    /^(?:est-ce que )?(?:(?:peux|pourrais|saurais)[- ]tu|tu (?:peux|pourrais|veux bien|dois|devrais|vas)|(?:pouvez|pourriez)[- ]vous|vous (?:pouvez|pourriez|devez)|on (?:peut|pourrait|doit|devrait|va)|il (?:faut|faudrait|faudra|va falloir|conviendrait de)|faut|faudrait|ça te dérange de|ca te derange de|(?:j'aimerais|je voudrais|je veux|j'ai besoin de|on a besoin de|nous devons|nous devrions|je souhaite|je souhaiterais|pas possible de|possible de|serait bien de|ce serait bien de|il serait bien de|l'idee serait de|l'objectif est de))(?: (?:aussi|encore|juste|egalement|donc|bien|vraiment|absolument|me|nous|y|en|plutot|d'abord|quand meme))*\s+/u,
  clausal:
    /^(?:j'aimerais|je voudrais|je veux|j'ai besoin|il faut|il faudrait|faut|faudrait|on voudrait|ce serait bien|il serait bien)(?: (?:aussi|bien))? (?:que (?:tu|vous) |qu'on |que )/u,
  wishes:
    /^(?:(?:j'aimerais|je voudrais|je veux|on voudrait|il (?:me|nous) faut|il (?:me|nous) faudrait|il faut|il faudrait|faut|faudrait|j'ai besoin d'|j'ai besoin de|on a besoin de|on a besoin d')(?: (?:aussi|bien))? ?(?=un|une|des|du|le|la|les|l'|plus|deux)|il manque(?: encore| aussi)? |manque )/u,
  obliged: /\s(?:doit|doivent|devrait|devraient)(?: (?:aussi|encore|toujours|egalement))? (?:etre )?/u,
  verbs,
  nounish: set(
    'liste cache note page marque place monte montre garde teste commande passe charge baisse lance porte ouvre trace couvre demande alerte limite filtre groupe',
  ),
  article:
    /^(?:le|la|les|l'|un|une|des|du|ce|cette|ces|mon|ma|mes|notre|nos|ton|ta|tes|votre|vos|leur|tout|toute|tous|toutes|ca|-|moi|que|aussi)(?![\p{L}])/u,
  pronoun:
    /^(?:-?(?:le|la|les|ca|cela|tout ca|celui-ci|en|y|moi|leur|lui|tout|l[ae]|c[ae]|ce point|ce probleme|ce bug|cette erreur|ceci|le tout|la suite|de le|du|faire|le faire|ainsi|comme ca)[\s-]*)+$/u,
  answers: set(
    'expliquer vérifier montrer lister regarder analyser comparer résumer décrire lire relire revoir pousser pusher committer commiter fusionner lancer relancer exécuter donner dire',
  ),
  answering:
    /^(?:chercher (?:pourquoi|d'ou|ou|comment)|faire (?:un|le|une) (?:commit|push|pr|mr|pull request|revue|point|résumé|resume)|(?:creer|ouvrir) (?:une|la) (?:pr|mr|pull request|merge request)|tester (?:ca|le|la)?$|mesurer|trouver (?:pourquoi|d'ou|ou))/u,
  negation:
    /(?:^|\s)(?:ne |n'(?!oubli))(?:.{0,40}?)(?:\s|')?(?:pas|plus|rien|jamais)(?![\p{L}])|^(?:pas|surtout pas|inutile|sans|rien|jamais)(?![\p{L}])|^(?:je|j')(?! ?(?:voudrais|veux|souhait|ai besoin)|aimerais|ai besoin)/u,
  infinitive: /^[a-z'-]{2,}(?:er|ir|re|oir)$/u,
  enclitic: /-(?:le|la|les|moi|nous|lui|leur|y|en)(?:-moi|-nous|-y)?$/u,
  join,
};

/** `j'ajoute des tests` → `ajouter des tests`. */
const FORBIDS =
  /(?:^|\s)(?:ne |n'(?!oubli)).{0,40}?(?:\s|')?(?:pas|plus|rien|jamais)(?![\p{L}])|^(?:pas|surtout pas|inutile|sans|rien|jamais)(?![\p{L}])/u;

function tidy(object: string): string {
  const [first, rest] = headOf(object);
  const verb = verbs.orders.get(plainly(first));
  return verb === undefined || rest === '' ? object : join(verb, rest);
}

export const fr: Tongue = {
  seams: /[,;:!?…]\s+|\.\s+|\s[–—-]\s|\s\(|\)\s?|,?\s(?:et puis|et aussi|et|puis|mais|ou)\s/gu,
  and: /^,?\s(?:et puis|et aussi|et|puis|ou)\s$/u,
  subordinate:
    /^(?:si|s'ils?|quand|lorsqu\S*|des qu\S*|avant|pour|afin|parce|car|puisqu\S*|qui|que|qu'\S+|dont|tant qu\S*|pendant qu\S*|sans|comme|jusqu\S*)\s/u,
  request: (clause) => requestIn(clause, grammar),
  forbids: FORBIDS,
  notYet: word(`pas (?:encore|tout de suite|maintenant|aujourd'hui|pour l'instant|avant)|plus tard|pas urgent`),
  later: word(
    `demain(?: (?:matin|soir))?|plus tard|la semaine prochaine|le mois prochain|au prochain sprint|dans le prochain sprint|prochain sprint|apres (?:la|le|les|notre|l')(?:\\s?[\\p{L}-]+)|un de ces jours|un jour|a l'occasion|quand (?:tu auras|on aura|j'aurai|t'auras|vous aurez) (?:le |un peu de )?temps|une autre fois|lundi|mardi|mercredi|jeudi|vendredi(?: prochain)?|ce week-?end|pas (?:maintenant|aujourd'hui|tout de suite)|dans (?:un|une|deux|trois|quelques) (?:jours?|semaines?|mois)|dans un second temps|on verra`,
  ),
  failing: word(
    `plante(?:nt)?|a plante|crash(?:e|ent|ait)?|se crashe|echoue(?:nt)?|a echoue|ont echoue|freeze|fige(?:nt|e)?|se fige|bloque(?:e)?|tombe en (?:panne|erreur)|est (?:en panne|tombe|down|hs|en rade)|ne (?:demarre|repond|charge|compile|build|se lance|s'ouvre|se connecte|fonctionne|passe)(?:nt)?(?: plus| pas)|(?:demarre|repond|compile|fonctionne)(?:nt)? (?:plus|pas)|leve une (?:exception|erreur)|renvoie une (?:erreur|5\\d\\d)|erreur 5\\d\\d|timeout|part en timeout|exception`,
  ),
  wrong: word(
    `(?:marche|fonctionne)(?:nt)? (?:toujours |encore )?(?:pas|plus|mal)|ne (?:s'affiche|se met|s'actualise|s'enregistre|s'envoie|correspond|se ferme)(?:nt)?(?: a jour)? (?:pas|plus)|s'affiche(?:nt)? (?:pas|plus|mal|en double|deux fois)|casse(?:e|s)?|bugge?|faux|fausse|incorrect(?:e|s)?|manque(?:nt)?|en double|decale(?:e|s)?|trop (?:lent|long|petit|grand|gros)(?:e|s)?|lent(?:e)?|illisible|vide|deborde|se chevauche(?:nt)?|disparait|disparaissent|clignote|perd(?:ent|u|ue)?|obsolete|perime(?:e)?|mal (?:traduit|aligne|affiche|calcule|place|trie)(?:e|s)?`,
  ),
  still: word(`toujours|encore|continue (?:de|a)|a nouveau|de nouveau`),
  works: word(
    `ca marche(?! pas| plus)|ca fonctionne(?! pas| plus)|c'est bon|c'est regle|c'est resolu|marche maintenant|fonctionne (?:maintenant|desormais)|nickel`,
  ),
  finished: word(
    `(?:je l'ai|j'ai|on a|on l'a|je m'en suis) (?:deja |enfin )?(?:fait|corrige|regle|revoque|change|mis|envoye|ajoute|occupe|termine|ecrit|deploye|supprime)(?:e|s)?|c'est (?:deja )?(?:fait|regle|termine)|(?:est|sont) (?:deja )?(?:fait|regle|corrige|resolu|termine)(?:e|s)?`,
  ),
  promise: word(
    `je m'en (?:occupe|occuperai|charge|chargerai)|je m'occupe|je m'occuperai|je me charge|je (?:le |la |les |leur |lui )?(?:ferai|mettrai|demanderai|enverrai|ecrirai|verrai|contacterai|regarderai|changerai|appellerai|reglerai|testerai|verifierai)|je vais (?:le |la |les |leur |lui )?(?:faire|demander|envoyer|ecrire|contacter|voir avec|appeler|changer|regler)|je (?:le|la|les|leur|lui|m'en|l') ?(?:fais|demande|ecris|envoie|appelle|contacte)`,
  ),
  plans: word(
    `on (?:fait|fera|voit|verra|garde|gardera|reprend|reprendra|traite|traitera|attaque|ajoute|corrige|regarde|s'en occupe)|nous (?:ferons|verrons)|(?:peut|peuvent|pourra|pourront) attendre|attendra|(?:ce sera|c'est) pour|suffit|on le fera|on la fera`,
  ),
  cancel: word(
    `laisse tomber|laissez tomber|oublie(?! pas)|oubliez(?! pas)|annule(?!r)|on (?:n'en )?a plus besoin|plus besoin|finalement (?:non|pas|on ne)|abandonne|on abandonne|c'est plus la peine|plus la peine|inutile de|ce n'est plus necessaire`,
  ),
  hold: word(`attends|attendez|attendre|mets? en pause|pas avant|stop`),
  yes: /^(?:(?:ah|ok|super|parfait|merci|bien)[, ]+)*(?:oui|ouais|ouep|d'accord|dac|ok|carrement|volontiers|vas-y|allez-y|allez|fais-le|fais ca|faites|go|bien sur|avec plaisir|je veux bien|ca me va|ca marche|parfait|bonne idee|nickel|entendu|exactement|evidemment|s'il te plait|stp)(?![\p{L}])/u,
  no: /^(?:(?:ah|ok|merci)[, ]+)*(?:non|nan|pas (?:besoin|maintenant|la peine|la|tout de suite|encore|necessaire)|surtout pas|inutile|laisse|c'est bon(?: comme ca)?|plutot pas|plus tard|une autre fois|ca ira)(?![\p{L}])/u,
  nudge:
    /^(?:(?:ok|oui|super|parfait|merci|bien|top|genial|nickel|cool|bravo|bon|continue|continuez|reprends|reprenez|vas-y|allez|et alors|reessaie|encore|la suite|suite|bonjour|salut|beaucoup|ou tu en etais|ou tu t'es arrete|c'est (?:bon|parfait|note|bien)|tres|bien joue|beau travail|avec ca|le travail|comme ca|d'accord|je vois|compris|note|bien recu|a toi|on continue)[\s,.!]*)+$/u,
  rest: word(`le reste|les autres|tout le reste|l'autre`),
  skip: word(`non|pas|laisse|ignore|oublie|inutile|tel quel|voulu|normal`),
  left: word(
    `reste a faire|restant(?:e|es|s)?|il reste|en attente|prochaines? etapes?|etapes? suivantes?|a faire|a venir|pas encore fait|non (?:fait|teste|traite|couvert)(?:e|es|s)?|pas (?:fait|teste|traite)|points? ouverts?|suite|todo|manque encore|de ton cote|de votre cote|ensuite|pour plus tard|avant (?:la|le) (?:mise en prod\\S*|release|deploiement)`,
  ),
  ideas: word(`suggestions?|idees?|ameliorations? possibles?|recommandations?|propositions?|options?|remarques?`),
  cues: [
    {
      how: 'handed',
      form: word(
        `doi(?:t|vent) (?:encore |aussi |toujours )*être ((?:demand|fourni|valid|sign|envoy|confirm)\\p{L}*)(?: par vous| par toi)?`,
      ),
      verb: 'participle',
    },
    { how: 'left', form: word(`doi(?:t|vent) (?:encore |toujours )+être (\\p{L}+)`), verb: 'participle' },
    {
      how: 'untested',
      form: word(
        `(?:je )?(?:n'|ne )?(?:l'|les )?(?:ai|a|ont|est|sont|avons|n'ai|n'a|n'est|n'ont)? ?(?:encore )?(?:pas|rien|jamais)(?: encore| pu| ete)*(?: le| la| les)? ?(?:teste|tester|verifie|verifier|essaye|essayer|valide|mesure)(?:e|es|s)?`,
        'u',
      ),
      verb: 'tester',
    },
    {
      how: 'left',
      form: word(
        `il (?:me |nous )?(?:reste|restera)(?: encore| donc| juste| aussi)*(?: a| :)?|reste(?:nt)?(?: encore| donc| juste| aussi)* a|reste(?:nt)?`,
        'u',
      ),
      verb: null,
    },
    {
      how: 'left',
      form: word(
        `(?:il )?manque(?:nt)? (?:encore|toujours)|(?:il faudra|il faudrait|il faut) (?:encore|aussi|ensuite|plus tard)|doi(?:t|vent) (?:encore|toujours)(?: etre)?|reste(?:nt)? (?:a faire|ouverte?s?|en suspens)`,
        'u',
      ),
      verb: null,
    },
    {
      how: 'left',
      form: word(
        `(?:n'|ne )?(?:est|sont|ai|a|ont|n'est|n'ai|n'a|n'ont) (?:pas encore|toujours pas|pas)(?: ete| encore)* ((?:[\\p{L}]+)(?:e|es|s|u|i|is|it|ee|ees|us)?)`,
        'u',
      ),
      verb: 'participle',
    },
    {
      how: 'handed',
      form: word(
        `(?:il (?:te|vous) (?:reste|faudra|faut)(?: encore)?(?: a)?|tu (?:dois|devras|devrais)(?: encore| aussi)?|vous (?:devez|devrez)(?: encore| aussi)?|pense(?:z)? a|n'oublie(?:z)? pas (?:de|d')|a toi de|il faudra que tu|de ton cote,? (?:pense a|il faut)?)`,
        'u',
      ),
      verb: null,
    },
    {
      how: 'before',
      form: word(
        `avant (?:la|le|de) (?:mise en (?:prod\\S*|ligne)|release|deploiement|livraison|deployer|merge|demo)[^,]{0,30},? (?:il (?:faut|faudra|faudrait)|on doit|pense a)(?: encore)?`,
        'u',
      ),
      verb: null,
    },
    {
      how: 'next',
      form: word(`(?:prochaine etape|ensuite il faudra|l'etape suivante)(?: est| sera| serait)?(?: de| :)?`, 'u'),
      verb: null,
    },
  ],
  infinitive: (participle) => verbs.participles.get(participle) ?? null,
  unfinished: word(
    `(?:je )?n'ai pas (?:encore )?(?:commence|touche|eu le temps|termine|fini)|pas (?:encore )?(?:commence|termine|fini|entame)(?:e|s)?|(?:est|sont) (?:encore|toujours) (?:comme avant|en place|a faire|la)|a moitie|en cours|n'est pas (?:encore )?(?:fait|faite|en place)|pas encore (?:fait|faite|faits)`,
  ),
  begun: word(`termine|fini|a moitie|en cours|commence a`),
  stuck: word(
    `(?:je )?n'ai pas (?:l'acces|acces|les droits|la permission|pu)|je ne (?:peux|parviens|arrive|trouve)(?: donc)? pas|impossible (?:de|d')|bloque(?:e)?(?: par| sur)?|j'attends|en attente d[eu']|il (?:me )?manque (?:l'acces|les droits|une decision|ta decision|votre)|sans (?:acces|l'acces|eux|elle|lui)|n'a pas (?:abouti|marche|fonctionne)|a echoue`,
  ),
  offer:
    /^(?:(?:si tu veux|si vous voulez|si besoin|si tu le souhaites)[, ]+(?:je (?:peux|pourrais)|on peut)|(?:veux|souhaites|voudrais)-tu que (?:je|j')|(?:voulez|souhaitez|voudriez)-vous que (?:je|j')|tu veux que (?:je|j')|dois-je|est-ce que (?:je dois|je peux|tu veux que (?:je|j'))|je (?:peux|pourrais) (?:aussi|egalement|ensuite))\s?/u,
  narration:
    /^(?:(?:ok|bien|d'accord|parfait|alors|bon|super)[, .]+)*(?:je (?:vais|regarde|commence|verifie|cherche|lis|lance|relance|passe|corrige|m'occupe|jette|reprends|teste|modifie|ajoute|mets)|d'abord|ensuite je|maintenant|voyons|regardons|commencons|on va|a present)(?![\p{L}])/u,
  noted:
    /^(?:(?:ok|bien|d'accord|parfait)[, .]+)*(?:note|c'est note|bien note|entendu|compris|je (?:le )?note|on (?:le )?(?:laisse|garde) (?:ca )?pour plus tard)(?![\p{L}])/u,
  reports: word(
    `c'est (?:fait|corrige|regle|en place|pret|bon|renomme|ajoute|deploye)|(?:est|sont) (?:maintenant |desormais |bien )?(?:corrige|en place|ajoute|renomme|supprime|deploye|pret|regle|cree|mis a jour)(?:e|es|s)?|j'ai (?:bien )?(?:corrige|ajoute|renomme|mis|supprime|remplace|cree|deplace|change|modifie)|^(?:termine|fait|corrige|voila)`,
  ),
  supposes: word(
    `si (?:tu (?:veux|preferes|souhaites)|vous (?:voulez|preferez)|besoin|on voulait|un jour|jamais)|pourrait|on pourrait|eventuellement|en general|idealement|je (?:recommande|conseille|suggere)|par exemple|optionnel`,
  ),
  empty: word(
    `je|j'|j|ai|a|ont|est|sont|ete|ne|n'|n|pas|encore|toujours|aussi|mais|et|donc|alors|cependant|par contre|en revanche|toutefois|ca|cela|c'|c|ce|c'est|pour l'instant|pour le moment|actuellement|ici|seul|seule|seulement|juste|simplement|par ailleurs|attention|note|a noter`,
    'gu',
  ),
  join,
  tidied: tidy,
  subject: firstWords,
};
