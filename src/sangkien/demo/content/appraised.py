"""What the offices and the council say of the entries of today; ``merit``: what a judge neither severe nor lenient
would give, in points of 100.
"""

from dataclasses import dataclass

from sangkien.appraisal.models import Verdict

SUPPORT, CHANGES, NO = Verdict.SUPPORT, Verdict.SUPPORT_WITH_CHANGES, Verdict.NO


@dataclass(frozen=True, slots=True)
class Appraised:
    """``remarks`` are written by the first judges, one each. ``second``: of another office, which else agrees.

    Without a verdict the office in charge has not said anything yet.
    """

    title: str
    merit: int
    verdict: Verdict | None
    reasons: str
    remarks: tuple[str, ...] = ()
    second: str = ""


APPRAISED = (
    Appraised(
        "Quầy số 0: gỡ vướng tài khoản định danh trước khi lấy số thứ tự", 89, SUPPORT,
        "Đúng chỗ nghẽn lớn nhất của Trung tâm sau khi nhập phường. Số liệu đo trên 18.200 lượt, cách đo nêu rõ, Văn "
        "phòng đã đối chiếu với hệ thống xếp hàng và thấy khớp. Chỉ cần một bàn và hai người nên nơi khác làm được ngay.",
        ("Số liệu trước và sau đo cùng một cách, đọc là tin được.",
         "Nên viết thêm một trang hướng dẫn ca trực để phường khác dùng lại.",
         "Giờ cao điểm vẫn đông; giải pháp không giấu điều này là điểm cộng."),
    ),
    Appraised(
        "Tiếp nhận theo tình huống gia đình, kế thừa từ Phường 12 cũ", 72, SUPPORT,
        "Kế thừa có chọn lọc và nói rõ nguồn. Tình huống “mở hàng quán” là phần mới thật sự. Đề nghị ghi nhận ở phần mới.",
        ("Phần kế thừa và phần mới được tách bạch, dễ đánh giá.",
         "Mới 137 hộ; cần theo dõi thêm một quý rồi hãy nói về hiệu quả lâu dài."),
    ),
    Appraised(
        "Một trang cho mỗi cuộc họp: việc, người, hạn", 68, SUPPORT,
        "Cách làm gọn, đo được bằng tỉ lệ việc đúng hạn. Phòng đã dùng thử hai tuần và thấy bớt hẳn việc hỏi lại.",
        ("Ba cột là đủ, không thêm phần mềm nào.",
         "Nhắc trước hai ngày đang làm bằng tay; nghỉ một người là đứt."),
    ),
    Appraised(
        "Hẹn tiêm chủng theo ngõ, nhắc bằng giọng nói", 79, SUPPORT,
        "Tỉ lệ đúng hẹn tăng 23 điểm và có danh sách để kiểm tra. Cuộc gọi dùng giọng y sĩ của trạm là chi tiết nhỏ mà "
        "hiệu quả. Đề nghị bổ sung cách xử lý khi gia đình đổi số điện thoại.",
        ("Hàng xóm rủ nhau đi là điều tin nhắn không làm được.",
         "Chi phí cuộc gọi chưa nêu; hỏi trạm thì mỗi tháng chừng 300 nghìn đồng."),
        second="Đồng ý với Văn phòng. Về truyền thông: lời nhắc ngắn, rõ, không gây lo; nên cho trường mầm non dùng chung.",
    ),
    Appraised(
        "Học bạ số có chữ ký, phụ huynh tự tải khi chuyển trường", 86, SUPPORT,
        "Bớt được hai lượt đi lại cho mỗi lần chuyển trường, giá trị pháp lý bảo đảm bằng chữ ký số. Làm được ở mọi "
        "trường đã có chữ ký số.",
        ("Giải quyết trọn một việc của phụ huynh.",
         "Cần thống nhất với trường mới ở phường khác về cách kiểm tra chữ ký.",
         "Số lượng 64 hồ sơ còn ít nhưng đủ để thấy cách làm đứng được."),
    ),
    Appraised(
        "Công khai thu, chi của lớp bằng một trang trên cửa lớp", 53, CHANGES,
        "Ý tốt, đơn giản. Cần bỏ tên học sinh chưa đóng khỏi tờ công khai và nêu rõ ai chịu trách nhiệm kiểm tra số liệu.",
        ("Không nên dán tên em nào chưa đóng; phải sửa điểm này trước khi nhân rộng.",
         "Phụ huynh hỏi và được trả lời ngay trên giấy: rất thật."),
        second="Phòng đồng ý ghi nhận sau khi sửa. Về sư phạm: tờ công khai ở cửa lớp thì chỉ ghi tổng, không ghi từng em.",
    ),
    Appraised(
        "Sổ thuốc cả tháng cho người bệnh mạn tính", 66, CHANGES,
        "Hiệu quả rõ với người bệnh. Sau khi trạm giải thích thêm, dữ liệu sức khỏe để tại máy của trạm, túi thuốc chỉ "
        "ghi tên và ngày. Đề nghị ghi nhận khi đã bỏ tên bệnh trên túi.",
        ("Dự trù theo từng người là thay đổi đáng kể so với trước.",
         "Trạm có một dược sĩ; nghỉ phép thì ai xếp túi?"),
    ),
    Appraised(
        "Khám sức khỏe người cao tuổi theo cụm nhà", 74, SUPPORT,
        "Tổ chức lại cách phục vụ theo nơi ở của người già. Có số liệu theo cụm. Thủ tục lập hồ sơ tại chỗ đúng quy định.",
        ("Phát hiện mới 61 ca là kết quả mà con số tỉ lệ chưa nói hết.",
         "Nên nêu số buổi của y sĩ để nơi ít người biết có làm nổi không."),
    ),
    Appraised(
        "Đón trả học sinh theo ba làn giờ", 41, CHANGES,
        "Là việc tổ chức của nhà trường, phần truyền thông tới phụ huynh có điểm tốt. Cần đo lại trong một tháng, tách "
        "ngày mưa, và nêu ý kiến của tổ dân phố.",
        ("Chưa có số liệu đo, mới là ước chừng.", "Nhiều trường đã chia ca giờ tan học từ lâu."),
    ),
    Appraised(
        "Tủ sách hành lang mượn không cần ghi tên", 31, NO,
        "Việc làm đáng quý nhưng không thuộc nội dung cải cách hành chính của kế hoạch, và phần hiệu quả chưa có số liệu. "
        "Phòng đề nghị trường đưa vào phong trào đọc sách của ngành; không đề nghị ghi nhận trong đợt này.",
        ("Không thấy thủ tục hay quy trình nào thay đổi.",
         "“Đọc nhiều hơn” là bao nhiêu? Nếu đếm số lượt lấy sách thì đã có câu trả lời."),
    ),
    Appraised(
        "Đơn xin nghỉ học nộp bằng tin nhắn có mẫu", 50, CHANGES,
        "Tiện cho phụ huynh, dễ làm. Cần nói rõ cách xác minh người gửi là phụ huynh và giữ tin nhắn bao lâu.",
        ("Tiết kiệm thời gian của giáo viên là thật.",
         "Em học sinh cầm máy của mẹ cũng nhắn được; chưa thấy cách ngăn."),
        second="Đồng ý ghi nhận sau khi chỉnh sửa. Trường bổ sung việc gọi xác nhận ở lần nghỉ thứ hai trong tuần.",
    ),
    Appraised(
        "Thực đơn và hóa đơn chợ công khai trước 8 giờ", 76, SUPPORT,
        "Công khai trước khi tiêu, đúng tinh thần quản lý tài chính công. Có phụ huynh giám sát nên số liệu đáng tin.",
        ("Câu hỏi về tiền ăn giảm mười lần mà không tốn thêm đồng nào.",
         "Cần người thay khi cô phụ trách nghỉ."),
    ),
    Appraised(
        "Khai một lần, dùng cả ba năm học", 83, SUPPORT,
        "Cắt hẳn sáu mẫu đơn. Nguyên tắc “không hỏi lại điều đã biết” áp dụng được cho mọi trường và cho cả phường.",
        ("Đây là cắt giảm thủ tục theo đúng nghĩa.",
         "Mẫu gộp nên gửi kèm để trường khác in ngay.",
         "Lưu thông tin ba năm: cần một dòng về ai được xem."),
    ),
    Appraised(
        "Sửa chữa nhỏ: trả lời trong ba ngày bằng ảnh hiện trạng", 85, SUPPORT,
        "Rút từ 12 còn 2,4 ngày, 91% không còn phải khảo sát. Căn cứ pháp lý của từng trường hợp nêu rõ trong câu trả lời.",
        ("Mẫu chụp ảnh rất dễ theo.", "Phường bên cạnh đã xin mẫu: khả năng nhân rộng không cần bàn."),
    ),
    Appraised(
        "Thu phí chợ theo mã của từng sạp", 50, CHANGES,
        "Kết quả ba tháng tốt, nhưng một phần tư số sạp còn ngoài cách làm này và chưa nêu phí chuyển khoản ai chịu. Đề "
        "nghị bổ sung rồi ghi nhận.",
        ("Số liệu khớp là lợi ích lớn nhất, nên đưa lên đầu.",
         "Cách làm này nhiều chợ đã có; phần mới chỉ là bảng khớp cuối ngày."),
    ),
    Appraised(
        "Họp liên ngành tại nhà cho hộ vướng nhiều giấy tờ", 37, CHANGES,
        "Việc tốt cho người dân nhưng mới làm với bốn hộ, xong hai hộ, chưa thành cách làm. Đề nghị tiếp tục và báo cáo ở "
        "đợt sau.",
        ("Bốn hộ thì chưa nói được gì.", "Nên lập tiêu chí chọn hộ, tránh ai quen thì được đến nhà."),
    ),
    Appraised(
        "Giấy mời họp khu phố kèm đúng một câu cần quyết", 40, CHANGES,
        "Cách viết giấy mời mới và dễ làm theo. “Tăng nhẹ” là chưa đủ: cần số người dự từng buổi ở ba khu phố.",
        ("Ý hay nhưng chưa đo.", "Một câu cần quyết: nên thành quy định chung của phường."),
    ),
    Appraised(
        "Bàn giao việc bằng một trang khi đổi vị trí công tác", 51, CHANGES,
        "Đúng lúc sau khi nhập phường. Mẫu một trang dùng được ngay. Cần gửi kèm mẫu và nói rõ tệp mật bàn giao thế nào.",
        ("Người nhận việc cần nhất là dòng “chờ ai”.",
         "Giảm từ 11 còn 3 việc nhưng quý trước nhiều người đổi hơn, so sánh chưa thật cân."),
    ),
    Appraised(
        "Danh mục lỗi lặp lại để soát văn bản trước khi trình", 67, SUPPORT,
        "Tỉ lệ dự thảo bị trả lại giảm gần hai phần ba. Danh mục gắn với lỗi thật của phường nên người soạn chịu dùng.",
        ("42 lỗi thì dài; nên có bản mười lỗi hay gặp nhất.",
         "Đã nêu thời gian soát thêm, cân nhắc được lợi và hại."),
    ),
    Appraised(
        "Phiếu hẹn có ảnh những giấy tờ cần mang", 64, None, "",
        ("Ảnh phải chụp đúng mẫu đang dùng; nêu ai cập nhật khi mẫu đổi.",),
    ),
)  # fmt: skip

QUESTION = "Phần tính mới nên viết thế nào khi cách làm đã có ở nơi khác?"
QUESTION_ASKED = (
    "Trường định báo cáo việc gộp bảy mẫu đơn thành một. Nơi khác cũng đã gộp mẫu, vậy phần tính mới viết sao cho đúng?"
)
QUESTION_ANSWERED = (
    "Tính mới xét so với trước đây ở đơn vị. Trường nêu hai ý: trước đây trường làm thế nào, và điểm nào trường tự nghĩ "
    "thêm so với nơi đã làm. Nói rõ học từ đâu không làm giảm điểm. Nên kèm một tờ mẫu đã điền."
)
SUPPLEMENT_ASKED = "Túi thuốc ghi những gì và ai nhìn thấy? Dữ liệu bệnh của từng người để ở máy nào?"
SUPPLEMENT_ANSWERED = (
    "Túi ghi họ tên và ngày hẹn. Danh sách bệnh để trên máy tính của phòng dược, có mật khẩu, hai người dùng được. Từ "
    "tuần này trạm bỏ tên bệnh trên túi."
)
ABSTAINED = "Em ruột tôi dạy ở trường này và cùng viết báo cáo nên tôi xin không chấm."
