"""The values of Nghị định 30/2020/NĐ-CP, once. Millimetres (``_MM``) and points (``_PT``).

Each value names its source: a clause of Phụ lục I of the decree ("I.4" = mục I khoản 4, "II.6" = mục II khoản 6),
"mẫu" for the Word file of Phụ lục III, "ours" where the decree leaves a range or says nothing.
Nothing else in this room repeats a number of the decree.
"""

from typing import Final

MM_PT: Final = 72 / 25.4  # one millimetre in points
TWIPS_PER_PT: Final = 20  # the unit of .docx

# Paper and margins
PAPER_SHORT_MM: Final = 210.0  # I.1: A4
PAPER_LONG_MM: Final = 297.0  # I.1
TOP_MM: Final = 20.0  # I.3 allows 20–25
BOTTOM_MM: Final = 20.0  # I.3 allows 20–25
LEFT_MM: Final = 30.0  # I.3 allows 30–35
RIGHT_MM: Final = 15.0  # I.3 allows 15–20

# Font
FONT: Final = "Times New Roman"  # I.4; Unicode TCVN 6909:2001, black
PDF_FONT: Final = "Tinos"  # ours: free, with the advance widths of Times New Roman
FONT_ASCENT_EM: Final = 1825 / 2048  # of the font itself: what a line of Word is made of
FONT_DESCENT_EM: Final = 443 / 2048
FONT_GAP_EM: Final = 87 / 2048

# Page number
PAGE_NUMBER_PT: Final = 14.0  # I.7 allows 13–14: Arabic, upright, centred in the top margin, not on page 1
PAGE_NUMBER_EDGE_MM: Final = 10.0  # mẫu

# National header (box 1), bodies (box 2), number (box 3), place and date (box 4)
NATIONAL_NAME: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"  # II.1
NATIONAL_NAME_PT: Final = 13.0  # II.1 allows 12–13, bold
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"  # II.1
MOTTO_PT: Final = 14.0  # II.1 allows 13–14, bold; the rule below is as long as the line
BODY_NAME_PT: Final = 13.0  # II.2 allows 12–13: superior upright, issuing bold, both capitals
HEADER_LEFT_MM: Final = 67.0  # ours, of a text area of 165
HEADER_RIGHT_MM: Final = 98.0  # ours
HEADER_RIGHT_MOST_MM: Final = 106.0  # ours: for a long name of the place
NUMBER_PT: Final = 13.0  # II.3
NUMBER_BLANK: Final = "\N{NO-BREAK SPACE}" * 8  # ours: room for the number that the registry gives
PLACE_DATE_PT: Final = 14.0  # II.4 allows 13–14, italic
PLACE_DATE_TIGHT_PT: Final = 13.0  # II.4: when the line at 14 is wider than its column
SUBJECT_PT: Final = 12.0  # II.5 (công văn) allows 12–13, upright
SUBJECT_BEFORE_PT: Final = 6.0  # II.5: 6 pt from the number
HEADER_ROW_GAP_PT: Final = 6.0  # ours: between the bodies and the number

# Rules (straight solid lines)
RULE_STROKE_PT: Final = 0.75  # ours
RULE_BEFORE_PT: Final = 3.0  # ours: 1.5 touches the descenders
RULE_LINE_PT: Final = 2.0  # ours: height of the empty paragraph that carries the rule
RULE_SHARE_BODY: Final = 0.5  # II.2 allows 1/3–1/2 of the line
RULE_SHARE_SUMMARY: Final = 0.4  # II.5 allows 1/3–1/2 of the line

# Kind and summary (box 5a), recipients (9a), authority, bases
KIND_PT: Final = 14.0  # II.5 allows 13–14, capitals, bold
KIND_BEFORE_PT: Final = 18.0  # ours
SUMMARY_PT: Final = 14.0  # II.5 allows 13–14, bold, directly below the kind
RECIPIENTS_PT: Final = 14.0  # II.9 allows 13–14, upright
RECIPIENTS_BEFORE_PT: Final = 12.0  # ours
AUTHORITY_PT: Final = 14.0  # mẫu 1.2: bold, centred, above the bases
AUTHORITY_BEFORE_PT: Final = 12.0  # ours
BASIS_PT: Final = 14.0  # II.6 allows 13–14, italic, one a line

# Body (box 6)
BODY_PT: Final = 14.0  # II.6 allows 13–14, upright, justified
FIRST_LINE_MM: Final = 10.0  # II.6 allows 10 or 12.7
PARAGRAPH_BEFORE_PT: Final = 6.0  # II.6: at least 6
DIVISION_PT: Final = 14.0  # II.6 allows 13–14, bold; Phần, Chương Roman, Mục, Tiểu mục Arabic
DIVISION_BEFORE_PT: Final = 12.0  # ours
POINT_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"  # II.6: the Vietnamese alphabet, without marked letters
END_MARK: Final = "./."  # mẫu

# Signature (box 7), distribution (9b), urgency (10b)
SIGNATURE_PT: Final = 14.0  # II.7 allows 13–14, bold
SIGNATURE_BEFORE_PT: Final = 12.0  # ours
SIGNATURE_ROOM_PT: Final = 72.0  # ours: left empty, signing happens elsewhere
SIGNATURE_LEFT_MM: Final = 80.0  # ours, of a text area of 165
SIGNATURE_RIGHT_MM: Final = 85.0  # ours
DISTRIBUTION_WORD_PT: Final = 12.0  # II.9: bold italic
DISTRIBUTION_PT: Final = 11.0  # II.9: upright
URGENCY_PT: Final = 14.0  # III.2 allows 13–14, bold, red
URGENCY_WIDTH_MM: Final = {"HỎA TỐC": 30.0, "THƯỢNG KHẨN": 40.0, "KHẨN": 20.0}  # III.2
URGENCY_COLOUR: Final = "FF0000"  # III.2
URGENCY_BEFORE_PT: Final = 6.0  # ours
URGENCY_PAD_TOP_PT: Final = 3.0  # III.2 asks for 8 mm: 16.1 pt of text + 3 + 2 + two strokes of 0.75
URGENCY_PAD_BOTTOM_PT: Final = 2.0

# Appendix (Phụ lục I, mục III)
APPENDIX_WORD: Final = "Phụ lục"  # III.1: own line, sentence case, bold, centred; Roman number from two on
APPENDIX_WORD_PT: Final = 14.0  # III.1
APPENDIX_TITLE_PT: Final = 14.0  # III.1 allows 13–14, capitals, bold
APPENDIX_ATTACHED_PT: Final = 14.0  # III.1 allows 13–14, italic

# Tables and notes: the decree is silent
TABLE_PT: Final = 12.0  # ours
TABLE_SMALL_PT: Final = 11.0  # ours: when wide
TABLE_STROKE_PT: Final = 0.5  # ours
TABLE_BEFORE_PT: Final = 9.0  # ours
CELL_PAD_Y_PT: Final = 1.5  # ours
CELL_PAD_X_PT: Final = 2.0  # ours: "STT" in 12 pt bold and numbers of four digits fit a column of 10 mm
CELL_TEXT_PAD_X_PT: Final = 2.5  # ours: a little more for cells of running text
NOTE_PT: Final = 11.0  # ours
NOTE_BEFORE_PT: Final = 4.0  # ours
BALANCED_MM: Final = 130.0  # ours: a centred title wider than this is broken into even lines
LANDSCAPE_BALANCED_MM: Final = 190.0  # ours
