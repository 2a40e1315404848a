/**
 * Names of the log formats, for config.json. They stand here and not only in src/domain/log, since every process reads the
 * configuration and only `tail` the logs; a test keeps both lists the same.
 */
export const LOG_FORMATS = [
  ...['json', 'redis', 'klog', 'uvicorn', 'access', 'python', 'flask', 'celery', 'airflow', 'scrapy', 'loguru', 'oslo'],
  ...[
    'python-basic',
    'pytest',
    'gunicorn',
    'nginx-error',
    'apache-error',
    'spring',
    'logback',
    'log4j',
    'iso',
    'logfmt',
  ],
  ...[
    'vite',
    'npm',
    'dated',
    'generic',
    'console',
    'docker-json',
    'cri',
    'docker',
    'syslog',
    'docker-compose',
    'plain',
  ],
] as const;
