"""A ward since July 2025: its offices, schools and health station, in a campaign that is open on the day of telling.

``day`` counts from the opening; the campaign closes four days after the day of telling.
"""

from sangkien.demo.content.report import Course, Figure, Report
from sangkien.initiatives.models import Kind

OFFICES = ("Phòng Văn hóa - Xã hội", "Văn phòng HĐND và UBND", "Phòng Kinh tế, Hạ tầng và Đô thị")
SERVICES = (
    "Trung tâm Phục vụ hành chính công phường Bàn Cờ", "Trạm Y tế phường Bàn Cờ", "Trường Tiểu học Hàng Sao",
    "Trường Trung học cơ sở Bến Phượng", "Trường Mầm non Sân Nắng", "Trường Mầm non Vườn Chuối",
)  # fmt: skip
NIL = {"Trường Mầm non Vườn Chuối": 20}

REPORTS = (
    Report(
        unit="Trung tâm Phục vụ hành chính công phường Bàn Cờ",
        title="Quầy số 0: gỡ vướng tài khoản định danh trước khi lấy số thứ tự",
        fields=("procedures", "digital_government"),
        kind=Kind.MODEL,
        situation="Từ khi nhập năm phường cũ, mỗi ngày trung tâm đón 420 lượt; gần một phần ba đến quầy rồi mới biết tài khoản định danh bị khóa hoặc quên mật khẩu.",
        content="Đặt quầy số 0 ngay cửa, hai công chức kiểm tra tài khoản, số điện thoại và giấy tờ trong hai phút; vướng thì gỡ tại chỗ, xong mới lấy số.",
        effectiveness="Thời gian chờ trung bình giảm từ 48 còn 21 phút; lượt phải quay lại giảm từ 31% còn 7%, tính trên 18.200 lượt trong chín tuần.",
        novelty="Gỡ vướng trước khi chờ; người dân chỉ lấy số khi chắc chắn nộp được.",
        limitations="Giờ đầu buổi sáng vẫn đông, cần thêm một người.",
        replication_conditions="Hai công chức thạo tài khoản định danh và một bàn ở cửa.",
        figures=(Figure("Thời gian chờ trung bình", "48", "21", "phút"), Figure("Lượt phải quay lại", "31", "7", "%")),
        day=6,
    ),
    Report(
        unit="Trung tâm Phục vụ hành chính công phường Bàn Cờ",
        title="Tiếp nhận theo tình huống gia đình, kế thừa từ Phường 12 cũ",
        fields=("procedures",),
        situation="Hộ mới chuyển đến phải làm nhiều thủ tục ở nhiều quầy.",
        content="Dùng lại bốn phiếu tình huống đã có ở Quận 3 năm 2024, thêm tình huống “mở hàng quán”; lập một bộ hồ sơ, chuyển song song.",
        effectiveness="137 hộ, bình quân bớt 2,9 lượt đến.",
        novelty="Thêm tình huống cho hộ kinh doanh, có mã chung trên phiếu.",
        figures=(Figure("Lượt đến của một hộ", "4.6", "1.7", "lượt"),),
        day=18,
        course=Course.WAITING,
    ),
    Report(
        unit="Văn phòng HĐND và UBND",
        title="Một trang cho mỗi cuộc họp: việc, người, hạn",
        fields=("steering",),
        kind=Kind.GOOD_PRACTICE,
        situation="Sau khi nhập phường, kết luận họp dài, việc giao không rõ ai làm chính.",
        content="Kết luận ghi trên một trang ba cột: việc, người làm chính, hạn; gửi trong buổi, nhắc trước hạn hai ngày.",
        effectiveness="Việc đúng hạn tăng từ 74% lên 93% trong hai tháng.",
        novelty="Không có việc thì không có biên bản.",
        figures=(Figure("Việc sau họp xong đúng hạn", "74", "93", "%"),),
        day=11,
    ),
    Report(
        unit="Văn phòng HĐND và UBND",
        title="Trợ lý tìm văn bản trong kho của năm phường cũ",
        fields=("digital_government",),
        kind=Kind.INITIATIVE,
        situation="Năm kho văn bản cũ đặt tên khác nhau, tìm một quyết định mất nửa ngày.",
        content="Gom tệp, đọc chữ trên bản quét, tìm được không dấu theo trích yếu và theo tên người ký; chỉ công chức của phường dùng.",
        effectiveness="Thời gian tìm còn bốn phút.",
        novelty="Giữ nguyên kho cũ, chỉ thêm một lớp tìm kiếm.",
        day=31,
        course=Course.DRAFT,
    ),
    Report(
        unit="Phòng Kinh tế, Hạ tầng và Đô thị",
        title="Bản đồ vỉa hè: hộ nào được để xe, để hàng, xem là biết",
        fields=("digital_government", "communication"),
        situation="Cùng một đoạn đường, mỗi phường cũ quy định một kiểu; người dân và tổ kiểm tra thường tranh cãi.",
        content="Vẽ lại một bản đồ chung, dán mã QR tại đoạn phố; quét là biết vạch, giờ và mức thu.",
        effectiveness="",
        novelty="Quy định nằm ngay tại chỗ nó áp dụng.",
        day=24,
        course=Course.LAPSED,
        gap=(
            "effectiveness",
            "Báo cáo chưa có phần Hiệu quả. Đề nghị nêu số vụ tranh cãi, số lượt quét mã trước và sau.",
        ),
    ),
    Report(
        unit="Trạm Y tế phường Bàn Cờ",
        title="Hẹn tiêm chủng theo ngõ, nhắc bằng giọng nói",
        fields=("procedures", "communication"),
        situation="Tin nhắn nhắc tiêm ít người đọc, tỉ lệ đúng hẹn 68%.",
        content="Chia lịch theo ngõ, cùng ngõ tiêm cùng buổi; cuộc gọi tự động đọc lời nhắc do y sĩ của trạm ghi âm.",
        effectiveness="Tỉ lệ đúng hẹn tăng lên 91%; mỗi buổi bớt 40 phút chờ.",
        novelty="Hàng xóm rủ nhau đi, giọng người quen nhắc.",
        figures=(Figure("Trẻ tiêm đúng hẹn", "68", "91", "%"),),
        day=15,
        course=Course.WAITING,
    ),
    Report(
        unit="Trường Tiểu học Hàng Sao",
        title="Học bạ số có chữ ký, phụ huynh tự tải khi chuyển trường",
        fields=("digital_government", "procedures"),
        sector="education",
        situation="Chuyển trường phải đến trường cũ hai lần để xin rút học bạ.",
        content="Học bạ ký số cuối năm; phụ huynh tải bằng mã định danh của con, trường mới kiểm tra chữ ký ngay.",
        effectiveness="64 hồ sơ chuyển trường không phải đến trường cũ.",
        novelty="Phụ huynh giữ bản có giá trị, không phải bản sao.",
        day=28,
        course=Course.WAITING,
        on_paper=True,
    ),
    Report(
        unit="Trường Trung học cơ sở Bến Phượng",
        title="Công khai thu, chi của lớp bằng một trang trên cửa lớp",
        fields=("public_finance",),
        sector="education",
        situation="Phụ huynh hỏi nhiều về các khoản thu đầu năm.",
        content="Mỗi tháng dán một trang: thu gì, chi gì, còn bao nhiêu, ai giữ; có ô để phụ huynh ghi câu hỏi.",
        effectiveness="Không còn đơn hỏi về thu, chi từ đầu năm học; 23 câu hỏi được trả lời tại lớp.",
        novelty="Hỏi và trả lời ngay trên tờ công khai.",
        day=33,
        course=Course.WAITING,
    ),
)
