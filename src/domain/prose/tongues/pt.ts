/** Portuguese. */
import { headOf, requestIn, set, verbsOf, type Grammar } from './grammar.js';
import { formsOf, join } from './iberian.js';
import { firstWords, plainly, start, word } from './text.js';
import type { Tongue } from './tongue.js';

const verbs = verbsOf(
  `adicionar acrescentar corrigir=corrige,corrija,corrijas,corrijam/corrigido,corrigida,corrigidos,corrigidas arrumar consertar ajustar mudar alterar trocar tirar remover=remove,remova,removas,removam/removido,removida,removidos,removidas apagar excluir=exclui,exclua/excluído,excluída
  deletar renomear=renomeia,renomeie/renomeado,renomeada mover=move,mova,movas/movido,movida criar=cria,crie/criado,criada atualizar modificar substituir=substitui,substitua/substituído,substituída fazer=faz,faça,faças,façam/feito,feita,feitos,feitas refazer=refaz,refaça/refeito
  pôr=põe,ponha/posto colocar botar revisar verificar conferir=confere,confira/conferido testar documentar migrar desativar ativar desabilitar habilitar configurar instalar implantar publicar gerar regerar implementar
  refatorar limpar simplificar otimizar acelerar melhorar separar dividir=divide,divida/dividido extrair=extrai,extraia/extraído,extraída escrever=escreve,escreva,escrevas/escrito,escrita,escritos,escritas reescrever=reescreve,reescreva/reescrito,reescrita
  traduzir=traduz,traduza/traduzido,traduzida mostrar exibir=exibe,exiba/exibido esconder=esconde,esconda/escondido ocultar explicar listar olhar analisar comparar procurar buscar encontrar achar executar rodar lançar reiniciar parar
  mergear commitar comitar pushar subir=sobe,suba/subido baixar converter=converte,converta/convertido,convertida reduzir=reduz,reduza/reduzido aumentar ampliar limitar adaptar ordenar filtrar agrupar alinhar centralizar formatar validar salvar guardar
  armazenar carregar importar exportar enviar mandar passar usar utilizar deixar dar=dá,dê/dado preparar redigir=redige,redija/redigido completar terminar continuar começar conectar desconectar restaurar reverter=reverte,reverta/revertido voltar
  registrar logar medir=mede,meça/medido monitorar avisar notificar contatar criptografar proteger=protege,proteja/protegido revogar renovar rotacionar bloquear=bloqueia,bloqueie/bloqueado desbloquear=desbloqueia,desbloqueie/desbloqueado permitir=permite,permita/permitido
  evitar forçar cobrir=cobre,cubra/coberto,coberta integrar detectar ignorar tratar resolver=resolve,resolva,resolvas/resolvido,resolvida solucionar reparar ver=vê,veja,vejas/visto dizer=diz,diga/dito ler=lê,leia/lido descrever=descreve,descreva/descrito
  resumir=resume,resuma/resumido investigar descobrir=descobre,descubra/descoberto duplicar deduplicar paginar cachear mockar arquivar normalizar indexar estender=estende,estenda/estendido construir=constrói,construa/construído reconstruir=reconstrói,reconstrua/reconstruído
  compilar unificar reutilizar reorganizar incluir=inclui,inclua/incluído,incluída pedir=pede,peça/pedido fechar abrir=abre,abra/aberto,aberta finalizar inserir=insere,insira/inserido subdividir=subdivide,subdivida deployar fixar padronizar`,
  formsOf,
);

const grammar: Grammar = {
  manners: start(
    `(?:ok|certo|beleza|blz|sim|ótimo|perfeito|valeu|obrigado|obrigada|bom|bem|oi|olá|bom dia|boa tarde|então|e|mas|depois|também|além disso|por fim|primeiro|agora|por favor|pfv|pf|por gentileza|aproveita e|aproveite e|aproveitando|já que está aí|outra coisa|aliás|olha|ah|claude|não esqueça de|não esquece de|não se esqueça de|não se esqueça|lembre de|lembra de|lembre-se de|tenta|tente|favor|gentileza|finalmente|só|apenas|se der|se puder|quando puder|e também|e depois|daí|aí)`,
  ),
  polite: word(
    `por favor|pfv|por gentileza|obrigado|obrigada|please|também|pra mim|para mim|se puder|se der|um pouco|valeu|aí`,
    'gu',
  ),
  frames:
    /^(?:(?:me |nos )?(?:pode|podes|poderia|podia|podem|consegue|da pra|da para|daria pra|daria para|tem como|teria como|(?:voce|vc|tu) (?:pode|poderia|consegue|podia)|sera que (?:da|voce pode) ?(?:pra|para)?|seria possivel|e possivel)|(?:(?:a gente |nos )?(?:precisa|precisamos|preciso|tem que|temos que|tem de|deve|devemos|deveria|deveriamos|precisaria)|voce (?:precisa|tem que|deve)|quero|queria|gostaria de|queremos|vamos|bora|e preciso|e necessario|seria bom|falta|faltou|faltam))(?: (?:me|nos|so|tambem|ja|por favor|ai|de|a))*\s+/u,
  clausal:
    /^(?:preciso|precisamos|quero|queria|gostaria|queremos|seria bom|e necessario|e preciso|prefiro)(?: tambem)? que (?:voce |vc |tu |se |me |a gente )*/u,
  wishes:
    /^(?:(?:preciso|precisamos|quero|queria|queremos|gostaria)(?: tambem)?(?: de)? ?(?=um|uma|uns|umas|o|a|os|as|mais|outro|outra)|(?:aqui |ai )*falt(?:a|am|ou)(?: tambem| ainda)? )/u,
  obliged:
    /\s(?:deve|devem|deveria|deveriam|precisa|precisam|tem que|tem de|tinha que)(?: (?:tambem|sempre|ja))*(?: ser| estar| ficar)? /u,
  verbs,
  nounish: set(
    'testa lista marca copia guarda carga para nota busca usa baixa resume mostra mostre exibe ve passa volta gera valida limita permite detecta ignora registra manda le da diz trata roda abre fecha cobre deixa parte',
  ),
  article:
    /^(?:o|a|os|as|um|uma|uns|umas|esse|essa|este|esta|isso|isto|meu|minha|nosso|nossa|todo|toda|todos|todas|tambem|que|ao|no|na|em|por|-|\d)(?![\p{L}])/u,
  pronoun:
    /^(?:-?(?:o|a|os|as|isso|isto|esse|essa|aquilo|tudo|assim|disso|o erro|esse erro|este erro|o problema|esse problema|o bug|esse bug|lo|la|le|nos|me|ai|ja|pra|mim|com|em|frente|por|favor|o resto)\s*)+$/u,
  answers: set(
    'explicar verificar conferir revisar mostrar listar olhar analisar comparar resumir descrever ler pushar commitar comitar mergear executar rodar dizer buscar procurar descobrir investigar medir achar ver',
  ),
  answering:
    /^(?:fazer (?:um|o|uma|a) (?:commit|push|pr|merge|resumo|revisao)|(?:criar|abrir) (?:um |o |uma )?(?:pr|mr|pull request|merge request)|subir (?:as |o )?(?:alteracoes|mudancas|commit)|dar uma olhada|testar (?:se|isso)|encontrar (?:por|onde|a causa))/u,
  negation:
    /^(?:nao(?! (?:esquec|se esquec))|sem|nunca|nada|nem)(?![\p{L}])|\s(?:nao|sem) (?:mexe|mexa|mexer|muda|mude|mudar|altere|alterar|toque|tocar|apague)(?![\p{L}])/u,
  infinitive: /^[a-z]{2,}(?:ar|er|ir|or)$/u,
  enclitic: /-(?:o|a|os|as|lo|la|los|las|me|nos|lhe|lhes|se)$/u,
  join,
};

function tidy(object: string): string {
  const [first, rest] = headOf(object);
  const verb = verbs.orders.get(plainly(first));
  return verb === undefined || rest === '' ? object : join(verb, rest);
}

export const pt: Tongue = {
  seams: /[,;:!?…]\s+|\.\s+|\s[–—-]\s|\s\(|\)\s?|,?\s(?:e tambem|e depois|e|mas|depois)\s/gu,
  and: /^,?\s(?:e tambem|e depois|e)\s$/u,
  subordinate:
    /^(?:se|quando|para|pra|porque|ja que|embora|enquanto|ate|antes|que|onde|como|pois|entao que|sem|assim que|sempre que|desde que|de modo|depois de|depois que)\s/u,
  request: (clause) => requestIn(clause, grammar),
  forbids: grammar.negation,
  notYet: word(
    `ainda não|por enquanto não|por ora não|agora não|não (?:agora|hoje|por enquanto|ainda)|mais tarde|mais pra frente`,
  ),
  later: word(
    `amanhã(?: de manhã| à tarde)?|mais tarde|mais pra frente|mais para frente|semana que vem|na próxima semana|próxima semana|mês que vem|no próximo sprint|próxima sprint|na (?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|depois (?:do|da|de) (?:[\\p{L}]+)|um dia desses|algum dia|quando (?:tiver|der|sobrar|houver) (?:tempo|um tempo)?|outro dia|outra hora|outro momento|no fim de semana|hoje não|agora não|em (?:uma|duas|algumas|um) (?:semanas?|dias?|mês|meses)|sem pressa|depois a gente`,
  ),
  failing: word(
    `falha(?:m|ndo|ram)?|falhou|cai(?:u|ndo)?|caíram|está fora do ar|fora do ar|crasha(?:ndo|m)?|crashou|trava(?:ndo|m)?|travou|quebra(?:ndo|m)?|quebrou|congela(?:ndo)?|não (?:inicia|sobe|responde|carrega|compila|abre|conecta|builda|termina|loga|passa|passam|sobem)|lança (?:uma )?(?:exceção|erro)|(?:dá|dando|retorna|retornando|deu|retornou) (?:um |uma )?(?:erro|exceção|5\\d\\d)|erro 5\\d\\d|timeout|estoura(?:ndo)?|estourou`,
  ),
  wrong: word(
    `sem funcionar|não (?:funciona|funcionam|está funcionando|aparece|aparecem|atualiza|salva|salvam|bate|batem|chega|chegam|envia|mostra|exibe|está aparecendo|está salvando)|errad[oa]s?|incorret[oa]s?|quebrad[oa]s?|duplicad[oa]s?|duas vezes|demais|muito (?:lent|grand|pequen|long)\\p{L}*|lent[oa]s?|desalinhad[oa]s?|vazi[oa]s?|some(?:m)?|sumiu|sumiram|pisca(?:ndo)?|desatualizad[oa]s?|ilegível|sobrepost[oa]s?|cortad[oa]s?|bug|bugad[oa]s?|torto`,
  ),
  still: word(`continua(?:m)?|ainda|de novo|novamente|outra vez`),
  works: word(
    `(?:agora |já )?(?:funciona|funcionou|está funcionando|deu certo|tá funcionando|foi)(?: agora| certinho)?|resolvido|tudo certo`,
  ),
  finished: word(
    `(?:eu )?(?:já )?(?:fiz|arrumei|corrigi|mudei|troquei|revoguei|enviei|mandei|adicionei|apaguei|atualizei|subi|escrevi|rotacionei|avisei|pedi|coloquei|resolvi)|já (?:está|foi|tá|estão|foram) (?:feit|pront|resolvid|corrigid|arrumad|aprovad|mesclad)\\p{L}*`,
  ),
  promise: word(
    `(?:eu )?(?:cuido|me encarrego|resolvo|peço|mando|aviso|escrevo|falo|pergunto|troco|envio|verei|farei|pedirei|enviarei|falarei)(?: disso| com| para| pro| pra| isso| eu| o| a)|deixa (?:isso )?comigo|(?:eu )?vou (?:pedir|falar|mandar|avisar|escrever|perguntar|enviar|ligar|resolver|trocar|ver com)`,
  ),
  plans: word(
    `(?:a gente |nós )?(?:faz|fazemos|faremos|vê|vemos|veremos|deixa|deixamos|retoma|retomamos|arruma|arrumamos|ataca|adiciona|olha|olhamos|trata|tratamos|resolve|resolvemos)|pode(?:m)? (?:ficar|esperar)|espera|fica(?:m)? (?:pra|para)|é (?:pra|para)|(?:pra|para) depois`,
  ),
  cancel: word(
    `esquece(?! de)|esqueça(?! de)|deixa (?:pra lá|para lá|quieto)|cancela(?:r)?|não precisa(?: mais)?|não é mais (?:necessári[oa]|preciso)|não precisamos mais|melhor não|descarta|desconsidera|desconsidere`,
  ),
  hold: word(`espera(?! que)|espere|aguarde?|pausa|não (?:faça merge|mergeia|publique|suba) (?:ainda|até)`),
  yes: /^(?:(?:ah|ok|certo|beleza|valeu|obrigad[oa]|otimo|perfeito)[, ]+)*(?:sim|claro|pode|pode sim|pode ser|pode fazer|ok|okay|beleza|blz|isso|isso mesmo|com certeza|manda ver|manda bala|vai|vai em frente|faz|faca|faca isso|faz isso|perfeito|boa ideia|concordo|de acordo|bora|quero|quero sim|por favor|certo|exato|fechado)(?![\p{L}])/u,
  no: /^(?:(?:ah|ok|certo|valeu|obrigad[oa])[, ]+)*(?:nao|melhor nao|ainda nao|nao precisa|deixa(?: assim| pra la| quieto)?|assim esta bom|agora nao|depois|mais tarde|outra hora)(?![\p{L}])/u,
  nudge:
    /^(?:(?:ok|certo|beleza|blz|sim|otimo|otima|perfeito|valeu|obrigado|obrigada|muito|bom|bem|boa|show|legal|massa|top|continua|continue|segue|siga|prossiga|pode continuar|pode seguir|vai|excelente|entendi|entendido|oi|ola|bom dia|de novo|tenta de novo|tente novamente|e ai|onde paramos|bom trabalho|gostei|joia|maravilha|isso ai|demais|por favor|tudo|ficou)[\s,.!?]*)+$/u,
  rest: word(`o resto|os outros|as outras|os demais|as demais|o restante`),
  skip: word(`não|deixa|ignora|esquece|pula|assim mesmo|proposital|de propósito`),
  left: word(
    `pendentes?|pendências?|resta(?:m)?|falta(?:m|ndo)?|a fazer|por fazer|próximos? passos?|sem (?:testar|teste|implementar|cobertura)|não (?:testad|feit|implementad|incluíd|cobert)\\p{L}*|ainda não|restantes?|todo|para depois|pra depois|antes (?:do|da|de) (?:release|deploy|lançamento|produção|publicar)|do seu lado|da sua parte|você precisa|o que falta|ficou (?:de fora|faltando|pendente)`,
  ),
  ideas: word(
    `sugestões|sugestão|ideias?|recomendações|melhorias(?: possíveis)?|possíveis melhorias|opções|propostas?|observações|notas?`,
  ),
  cues: [
    {
      how: 'untested',
      form: word(
        `(?:(?:ainda|mas|eu|isso|o|a|os|as) )*(?:não|sem|nunca|nem)(?: o| a)? ?(?:foi|foram|está|estão|pude|consegui|tenho|fiz)? ?(?:testei|testado|testada|testados|testadas|testar|testá-lo|testá-la|verifiquei|verificado|verificada|verificar|conferi|validei|validado|validar|medi|medido|teste|testes)(?: ainda| isso)?`,
      ),
      verb: 'testar',
    },
    {
      how: 'left',
      form: word(
        `(?:(?:ainda|mas) )*não (?:foi|foram|está|estão|tem sido|ficou|ficaram) (\\p{L}+(?:ado|ada|ados|adas|ido|ida|idos|idas|feito|feita|escrito|escrita|coberto|posto))(?: ainda)?`,
      ),
      verb: 'participle',
    },
    {
      how: 'left',
      form: word(
        `(?:(?:ainda|só|e|mas) )*(?:resta|restam|falta|faltam|faltou|faltaria)(?: apenas| ainda| só)*|(?:fica|ficam|está|estão|ficou|ficaram|continua|continuam) pendentes?|(?:fica|ficou|ficaram) faltando|(?:será preciso|vai ser preciso|é preciso) (?:ainda |também )?`,
      ),
      verb: null,
    },
    {
      how: 'before',
      form: word(
        `antes (?:do|da|de) (?:release|deploy|lançamento|lançar|produção|merge|publicar|demo)[^,]{0,20},? (?:é preciso|precisa|tem que|você precisa|lembre de|será preciso)`,
      ),
      verb: null,
    },
    {
      how: 'handed',
      form: word(
        `(?:você (?:vai )?(?:precisa|precisará|precisar|terá que|tem que|ainda precisa|deve)|não (?:se )?esqueça de|lembre(?:-se)? de|terá que)(?: ainda| também)*`,
      ),
      verb: null,
    },
    {
      how: 'next',
      form: word(
        `(?:o )?próximo passo(?: é| seria| será)?|(?:deixei|deixo|fica|ficou) (?:para|pra) (?:depois|mais tarde|outro pr|um próximo pr|amanhã)`,
      ),
      verb: null,
    },
  ],
  infinitive: (participle) => verbs.participles.get(participle) ?? null,
  unfinished: word(
    `(?:ainda )?não (?:comecei|terminei|mexi|toquei|cheguei a|acabei|consegui terminar)|(?:ainda )?não (?:está|estão) (?:pront|terminad|feit|começad)\\p{L}*|(?:continua|continuam) (?:igual|como antes|no mesmo lugar)|pela metade|em andamento`,
  ),
  begun: word(`termin\\S+|acabei|pela metade|em andamento`),
  stuck: word(
    `não (?:tenho|temos) (?:acesso|permissão|permissões|as credenciais)|não (?:consigo|consegui|posso|pude|encontrei)(?! testar| verificar| validar)|bloquead[oa]|(?:estou )?aguardando|à espera de|preciso (?:de acesso|da sua|do seu|de permissão|que você)|me falta(?:m)?|sem (?:acesso|permissão)`,
  ),
  offer:
    /^(?:se (?:quiser|voce quiser|preferir|precisar)[, ]+(?:eu )?(?:posso|poderia|faco)|(?:quer|voce quer|gostaria|deseja) que eu (?:tambem )?|(?:devo|posso)(?= .*\?)|(?:tambem )?posso (?:tambem )?)\s?/u,
  narration:
    /^(?:(?:ok|certo|beleza|perfeito|entendi|claro|bom)[,. ]+)*(?:vou|vamos|primeiro|agora|comeco|comecando|deixa eu|deixe-me|vejamos|em seguida|a seguir|preciso (?:ver|olhar|ler|verificar)|verifico|olho|leio|rodo|passo para)(?![\p{L}])/u,
  noted:
    /^(?:(?:ok|certo|beleza|perfeito)[,. ]+)*(?:anotado|anotei|entendido|registrado|fica anotado|deixo para|deixamos para|fica para)(?![\p{L}])/u,
  reports: word(
    `(?:já )?(?:está|estão|ficou|ficaram|foi|foram) (?:feit|pront|arrumad|corrigid|atualizad|alterad|renomead|adicionad|removid|no lugar|implantad|resolvid|criad)\\p{L}*|(?:corrigi|adicionei|alterei|mudei|atualizei|removi|renomeei|criei|movi|troquei|arrumei|implementei)|^(?:pronto|feito|concluído)`,
  ),
  supposes: word(
    `se (?:quiser|você quiser|preferir|precisar|um dia|for preciso)|poderia(?:mos)?|talvez|opcional(?:mente)?|recomendo|sugiro|por exemplo|normalmente|idealmente|conforme pedido|de propósito`,
  ),
  empty: word(
    `eu|foi|foram|está|estão|não|ainda|também|mas|e|então|porém|no entanto|isso|se|já|por enquanto|por ora|atualmente|aqui|só|apenas|além disso|obs|nota|é|são|pendente|pendentes`,
    'gu',
  ),
  join,
  tidied: tidy,
  subject: firstWords,
};
