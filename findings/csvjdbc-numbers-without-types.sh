#!/usr/bin/env bash
# Library: Java CsvJdbc 1.0.37 (Debian libcsvjdbc-java 1.0.37-1), with a JDK 17.
# Expected: a column without a type is text or a number, and a comparison with a number is an error or finds rows; an empty cell
#   is one thing in all functions.
# Seen: `revision > 2` and `latitude < 40` find no row, and neither does `latitude = 39.0392`; with `'2'` in quotes they compare
#   texts. AVG and SUM of the same column count as numbers, while MAX is that of texts, so the highest of 1, 2, 9, 10 is 9, and
#   `revision + 1` puts a digit behind. An empty cell is `''`, is not NULL, and COUNT counts it; with a type in `columnTypes`
#   it is NULL, and only then are the answers those of SQL.
# For readers of the timeline: give `columnTypes` for each column, or take `/v1/dataset.sqlite`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 libcsvjdbc-java=1.0.37-1 > /dev/null 2>&1
dpkg-deb --extract libcsvjdbc-java*.deb root
cat > events.csv <<'CSV'
id,title,latitude,revision
a,Договор,55.7558,1
b,Визит,39.0392,2
c,외교 관계,,10
d,Talks,37.97,9
CSV
cat > Run.java <<'JAVA'
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Properties;

public class Run {
    public static void main(String[] arguments) throws Exception {
        Class.forName("org.relique.jdbc.csv.CsvDriver");
        String[] questions = {
            "SELECT id FROM events WHERE title = 'Визит'",
            "SELECT id FROM events WHERE revision > 2",
            "SELECT id FROM events WHERE latitude < 40",
            "SELECT id FROM events WHERE latitude = 39.0392",
            "SELECT id FROM events WHERE latitude IS NULL",
            "SELECT COUNT(latitude), MAX(revision), SUM(revision) FROM events",
            "SELECT revision + 1 FROM events WHERE id = 'c'",
        };
        for (String types : new String[] {"", "String,String,Double,Integer"}) {
            System.out.println(types.isEmpty() ? "without types:" : "with types:");
            Properties properties = new Properties();
            properties.put("charset", "UTF-8");
            if (!types.isEmpty()) {
                properties.put("columnTypes", types);
            }
            try (Connection connection = DriverManager.getConnection("jdbc:relique:csv:.", properties);
                    Statement statement = connection.createStatement()) {
                for (String question : questions) {
                    StringBuilder answer = new StringBuilder();
                    ResultSet rows = statement.executeQuery(question);
                    while (rows.next()) {
                        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                            answer.append(' ').append(rows.getObject(column));
                        }
                    }
                    System.out.println("  " + question.replaceFirst("SELECT (id )?", "").replace("FROM events", "") + ":" + answer);
                }
            }
        }
    }
}
JAVA
java -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -cp root/usr/share/java/csvjdbc.jar Run.java > seen
cat seen
cat > expected <<'TEXT'
without types:
   WHERE title = 'Визит': b
   WHERE revision > 2:
   WHERE latitude < 40:
   WHERE latitude = 39.0392:
   WHERE latitude IS NULL:
  COUNT(latitude), MAX(revision), SUM(revision) : 4 9 22
  revision + 1  WHERE id = 'c': 101
with types:
   WHERE title = 'Визит': b
   WHERE revision > 2: c d
   WHERE latitude < 40: b d
   WHERE latitude = 39.0392: b
   WHERE latitude IS NULL: c
  COUNT(latitude), MAX(revision), SUM(revision) : 3 10 22
  revision + 1  WHERE id = 'c': 11
TEXT
diff expected seen
